using System.Numerics;
using System.Runtime.Intrinsics;

namespace TcpConnLat.Output;

/// <summary>A task's name, made safe to print: any program can name itself as it likes.</summary>
internal static class CommandText
{
    private const byte Delete = 0x7f;

    // C1 controls (U+0080 to U+009F) are 0xC2 0x80 to 0xC2 0x9F in UTF-8; terminals may obey them as they obey ESC [.
    private const byte C1Lead = 0xc2;

    /// <summary>Copies a name up to its zero byte; each byte of a control character becomes a question mark.</summary>
    /// <param name="destination">Where to write, at least 16 bytes; those behind the name are overwritten too.</param>
    /// <param name="name">The name, 16 bytes (<c>TASK_COMM_LEN</c>).</param>
    /// <param name="most">The most bytes to take of it.</param>
    /// <returns>The number of bytes of the name that were taken.</returns>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> name, int most)
    {
        Vector128<byte> text = Vector128.Create(name);
        uint ends = Vector128.Equals(text, Vector128<byte>.Zero).ExtractMostSignificantBits();
        int length = Math.Min(BitOperations.TrailingZeroCount(ends), most);
        text.CopyTo(destination);

        Vector128<byte> suspects = Vector128.LessThan(text, Vector128.Create((byte)' '))
            | Vector128.Equals(text, Vector128.Create(Delete))
            | Vector128.Equals(text, Vector128.Create(C1Lead));
        if ((suspects.ExtractMostSignificantBits() & ((1u << length) - 1)) != 0)
        {
            ReplaceControls(destination, name[..length]);
        }

        return length;
    }

    private static void ReplaceControls(Span<byte> destination, ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            destination[index] = IsControl(text, index) ? (byte)'?' : text[index];
        }
    }

    private static bool IsControl(ReadOnlySpan<byte> text, int index) =>
        text[index] is < (byte)' ' or Delete
        || (text[index] == C1Lead && index + 1 < text.Length && IsC1Trail(text[index + 1]))
        || (IsC1Trail(text[index]) && index > 0 && text[index - 1] == C1Lead);

    private static bool IsC1Trail(byte value) => value is >= 0x80 and <= 0x9f;
}
