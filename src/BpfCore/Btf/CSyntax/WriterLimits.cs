namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Ends the work over types that contain themselves, or each other so often that no disk would hold the text. Only
/// damaged data has such.
/// </summary>
internal sealed class WriterLimits
{
    // Real types have about twenty.
    private const int MaximumLevels = 200;

    // Three hundred thousand types of a kernel with ten steps each would be a tenth.
    private const int MaximumSteps = 30_000_000;

    private int _steps;

    /// <summary>Counts a step over a type and checks that it does not lie too deep.</summary>
    /// <param name="type">The type.</param>
    /// <param name="level">How many others it lies in.</param>
    /// <exception cref="BpfFormatException">It lies too deep, or there were too many steps.</exception>
    public void Check(BtfType type, int level)
    {
        if (level > MaximumLevels)
        {
            throw type.Error($"its types nest deeper than {MaximumLevels} levels; does it contain itself?");
        }

        if (++_steps > MaximumSteps)
        {
            throw type.Error("writing it would take more text than the types of any kernel");
        }
    }
}
