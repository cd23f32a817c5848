namespace BpfCore.Btf.CSyntax;

/// <summary>Integers and floating-point numbers, which C knows by words.</summary>
internal static class BaseType
{
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "char", "short", "int", "long", "signed", "unsigned", "_Bool", "__int128", "float", "double", "_Float16",
    };

    /// <summary>
    /// Whether C knows the type by the words of its name. Compilers have types of their own (<c>__Poly8_t</c>).
    /// </summary>
    public static bool IsKnown(BtfType type)
    {
        string name = type.Name;
        return name.Length > 0 && Array.TrueForAll(name.Split(' '), s_words.Contains);
    }

    /// <summary>A type of C with the size and sign of an integer.</summary>
    /// <exception cref="BpfFormatException">No integer of C has that size.</exception>
    public static string Substitute(BtfType type)
    {
        string sign = type.Kind == BtfKind.Int && type.IntEncoding.IsSigned ? "signed" : "unsigned";
        return type.Size switch
        {
            1 => $"{sign} char",
            2 => $"{sign} short",
            4 => $"{sign} int",
            8 => $"{sign} long",
            16 => $"{sign} __int128",
            _ => throw type.Error($"C has no number of {type.Size} bytes"),
        };
    }
}
