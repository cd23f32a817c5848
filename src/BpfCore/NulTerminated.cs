using System.Text;

namespace BpfCore;

/// <summary>Text of C in a buffer: it ends at the first NUL, or with the buffer where there is none.</summary>
internal static class NulTerminated
{
    /// <summary>The bytes of the text.</summary>
    public static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf((byte)0);
        return end < 0 ? buffer : buffer[..end];
    }

    /// <summary>The text; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> buffer) => Encoding.UTF8.GetString(Bytes(buffer));
}
