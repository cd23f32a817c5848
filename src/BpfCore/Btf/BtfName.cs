using System.Numerics;
using System.Runtime.Intrinsics;

namespace BpfCore.Btf;

/// <summary>The rule that takes a flavour off a type name.</summary>
internal static class BtfName
{
    private const int SeparatorLength = 3;
    private const int BitsOfMask = 64;

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

    /// <summary>The name that <paramref name="text"/> begins with, up to a NUL, without its flavour.</summary>
    /// <remarks>
    /// Nearly every name is short and has no flavour. Both show in one look at 16 bytes each time, which is what makes
    /// the index of a kernel's hundred thousand names cheap.
    /// </remarks>
    /// <param name="text">The name, its NUL and whatever follows.</param>
    public static ReadOnlySpan<byte> EssentialAt(ReadOnlySpan<byte> text)
    {
        ulong underscores = 0;
        for (int start = 0; start < BitsOfMask && text.Length - start >= Vector128<byte>.Count;
            start += Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.Create(text[start..]);
            underscores |= (ulong)Vector128.Equals(block, Vector128.Create((byte)'_')).ExtractMostSignificantBits()
                << start;
            uint ends = Vector128.Equals(block, Vector128<byte>.Zero).ExtractMostSignificantBits();
            if (ends != 0)
            {
                int length = start + BitOperations.TrailingZeroCount(ends);
                ulong inName = underscores & ((1UL << length) - 1);
                bool hasThree = (inName & (inName >> 1) & (inName >> 2)) != 0;
                return hasThree ? Essential(text[..length]) : text[..length];
            }
        }

        return Essential(text[..text.IndexOf((byte)0)]);
    }
}
