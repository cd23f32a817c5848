namespace BpfCore.Specs.Reading;

/// <summary>The kernel's name for a map of global data, as libbpf forms it (<c>internal_map_name</c>).</summary>
internal static class InternalMapName
{
    // BPF_OBJ_NAME_LEN is 16 with the NUL.
    private const int MaximumLength = 15;
    private const int LongestCommonSuffix = 7;

    /// <summary>
    /// <c>tcpconnl.rodata</c> of <c>tcpconnlat.bpf.o</c> and <c>.rodata</c>; a custom section (<c>.data.x</c>) keeps
    /// its own name.
    /// </summary>
    public static string Create(string objectName, string section)
    {
        int dot = objectName.IndexOf('.', StringComparison.Ordinal);
        string stem = dot < 0 ? objectName : objectName[..dot];
        int suffixLength = Math.Min(Math.Max(LongestCommonSuffix, section.Length), MaximumLength);
        int prefixLength = section.IndexOf('.', 1) >= 0 ? 0 : Math.Min(MaximumLength - suffixLength, stem.Length);
        string name = stem[..prefixLength] + section[..Math.Min(section.Length, suffixLength)];
        return string.Create(name.Length, name, static (characters, source) =>
        {
            for (int index = 0; index < characters.Length; index++)
            {
                char character = source[index];
                characters[index] = char.IsAsciiLetterOrDigit(character) || character is '_' or '.' ? character : '_';
            }
        });
    }
}
