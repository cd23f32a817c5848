using System.Text;

namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Fills gaps with unnamed bitfields. They leave a structure's alignment alone and do not show in the types of the
/// compiled program, so that nothing looks for them in another kernel. A gap of several pages is an array instead.
/// </summary>
internal static class Padding
{
    private const int PerLine = 8;
    private const ulong MaximumBits = 4096 * 8;

    private static readonly (ulong Bits, string Type)[] s_units = [(64, "long"), (32, "int"), (16, "short")];

    /// <summary>Writes the padding from one bit to another.</summary>
    /// <param name="text">Receives whole lines.</param>
    /// <param name="indentation">What each line begins with.</param>
    /// <param name="from">The first bit of the gap.</param>
    /// <param name="to">The first bit behind it.</param>
    public static void Append(StringBuilder text, string indentation, ulong from, ulong to)
    {
        if (to > from && to - from > MaximumBits)
        {
            ulong start = MemberPlace.RoundUp(from, 8);
            AppendBitfields(text, indentation, from, start);
            text.Append($"{indentation}char __gap_{start / 8}[{(to - start) / 8}];\n");
            from = to - (to % 8);
        }

        AppendBitfields(text, indentation, from, to);
    }

    private static void AppendBitfields(StringBuilder text, string indentation, ulong from, ulong to)
    {
        int count = 0;
        while (from < to)
        {
            (ulong bits, string type) = Next(from, to);
            text.Append(count % PerLine == 0 ? indentation : " ").Append(type).Append(": ").Append(bits).Append(';');
            from += bits;
            count++;
            if (count % PerLine == 0 || from >= to)
            {
                text.Append('\n');
            }
        }
    }

    // The largest unit that is aligned here, so that the compiler does not move it; bits up to the next whole byte.
    private static (ulong Bits, string Type) Next(ulong from, ulong to)
    {
        foreach ((ulong bits, string type) in s_units)
        {
            if (from % bits == 0 && to - from >= bits)
            {
                return (bits, type);
            }
        }

        return (Math.Min(8 - (from % 8), to - from), "char");
    }
}
