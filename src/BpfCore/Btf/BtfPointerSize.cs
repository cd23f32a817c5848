namespace BpfCore.Btf;

/// <summary>
/// Finds out how wide pointers are. BTF does not tell, but the size of <c>long</c> does (libbpf's
/// <c>determine_ptr_size</c>).
/// </summary>
internal static class BtfPointerSize
{
    private const uint Default = 8;

    // Compilers disagree about the order of the words.
    private static readonly string[] s_namesOfLong =
    [
        "long", "long int", "int long", "unsigned long", "long unsigned", "unsigned long int", "unsigned int long",
        "long unsigned int", "long int unsigned", "int unsigned long", "int long unsigned",
    ];

    public static uint Of(BtfFile file)
    {
        if (file.Base is not null)
        {
            return file.Base.PointerSize;
        }

        foreach (BtfType type in file.Types)
        {
            if (type.Kind == BtfKind.Int && type.Size is 4 or 8 && Array.IndexOf(s_namesOfLong, type.Name) >= 0)
            {
                return type.Size;
            }
        }

        return Default;
    }
}
