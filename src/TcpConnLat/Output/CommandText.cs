namespace TcpConnLat.Output;

/// <summary>A task's name, made safe to print: any program can name itself as it likes.</summary>
internal static class CommandText
{
    private const byte Delete = 0x7f;

    // C1 controls (U+0080 to U+009F) are 0xC2 0x80 to 0xC2 0x9F in UTF-8; terminals may obey them as they obey ESC [.
    private const byte C1Lead = 0xc2;

    /// <summary>Copies a name up to its zero byte; each byte of a control character becomes a question mark.</summary>
    /// <param name="destination">Where to write, at least as long as the name.</param>
    /// <param name="name">The name.</param>
    /// <returns>The number of bytes written: that of the name.</returns>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> name)
    {
        int end = name.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? name : name[..end];
        for (int index = 0; index < text.Length; index++)
        {
            destination[index] = IsControl(text, index) ? (byte)'?' : text[index];
        }

        return text.Length;
    }

    private static bool IsControl(ReadOnlySpan<byte> text, int index) =>
        text[index] is < (byte)' ' or Delete
        || (text[index] == C1Lead && index + 1 < text.Length && IsC1Trail(text[index + 1]))
        || (IsC1Trail(text[index]) && index > 0 && text[index - 1] == C1Lead);

    private static bool IsC1Trail(byte value) => value is >= 0x80 and <= 0x9f;
}
