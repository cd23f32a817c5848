using System.Buffers.Text;

namespace BpfCore.CoRe;

/// <summary>The access string of a relocation: decimal indexes joined by colons, <c>0:1:2</c>.</summary>
/// <remarks>
/// The first index counts whole objects (<c>p[0]</c>), each further one is a member's position or an array index.
/// An enumeration value's string is its position alone; the string of a type relocation is <c>0</c>.
/// </remarks>
internal static class CoReAccessor
{
    /// <summary>Most indexes that a path may have (<c>BPF_CORE_SPEC_MAX_LEN</c>).</summary>
    public const int MaximumLength = 64;

    /// <summary>Reads an access string.</summary>
    /// <param name="text">The string without its NUL.</param>
    /// <param name="indexes">Receives the indexes; <see cref="MaximumLength"/> places.</param>
    /// <returns>Number of indexes, at least 1.</returns>
    /// <exception cref="CoReFault">The string is malformed or has too many indexes.</exception>
    public static int Parse(ReadOnlySpan<byte> text, Span<int> indexes)
    {
        int count = 0;
        for (ReadOnlySpan<byte> rest = text; ; rest = rest[1..])
        {
            if (count == MaximumLength)
            {
                throw new CoReFault($"the access string has more than {MaximumLength} indexes");
            }

            indexes[count++] = ParseIndex(ref rest, text);
            if (rest.IsEmpty)
            {
                return count;
            }

            if (rest[0] != (byte)':')
            {
                throw Malformed(text);
            }
        }
    }

    private static int ParseIndex(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        if (rest.IsEmpty || !char.IsAsciiDigit((char)rest[0])
            || !Utf8Parser.TryParse(rest, out int index, out int consumed))
        {
            throw Malformed(text);
        }

        rest = rest[consumed..];
        return index;
    }

    private static CoReFault Malformed(ReadOnlySpan<byte> text) => new(
        $"the access string is '{System.Text.Encoding.UTF8.GetString(text)}', expected indexes such as 0:1:2");
}
