namespace BpfCore.Btf.CSyntax;

/// <summary>Ends the recursion over types that contain themselves, which only damaged data has.</summary>
internal static class Nesting
{
    // Real types have about twenty.
    private const int MaximumLevels = 200;

    /// <summary>Checks that a type does not lie too deep.</summary>
    /// <exception cref="BpfFormatException">It does.</exception>
    public static void Check(BtfType type, int level)
    {
        if (level > MaximumLevels)
        {
            throw type.Error($"its types nest deeper than {MaximumLevels} levels; does it contain itself?");
        }
    }
}
