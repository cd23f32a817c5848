namespace BpfCore.Btf;

/// <summary>The rule that takes a flavour off a type name.</summary>
internal static class BtfName
{
    private const int SeparatorLength = 3;

    /// <summary>
    /// The name without its flavour: <c>sock</c> of <c>sock___v2</c>. The separator is the last <c>___</c> that has
    /// other characters than <c>_</c> on both sides, as in libbpf's <c>bpf_core_essential_name_len</c>.
    /// </summary>
    public static ReadOnlySpan<byte> Essential(ReadOnlySpan<byte> name)
    {
        // A separator needs a character in front and one behind: X___Y is the shortest that can match.
        for (int start = name.Length - SeparatorLength - 1; start > 0; start--)
        {
            int candidate = name[..(start + SeparatorLength)].LastIndexOf("___"u8);
            if (candidate <= 0)
            {
                return name;
            }

            start = candidate;
            if (name[start - 1] != '_' && name[start + SeparatorLength] != '_')
            {
                return name[..start];
            }
        }

        return name;
    }
}
