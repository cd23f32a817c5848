using System.Text;

namespace BpfCore.Binary;

/// <summary>
/// NUL-terminated UTF-8 strings found by their offset: an ELF string table or the string section of BTF.
/// </summary>
internal readonly struct StringTable
{
    // Paths end at 4096 and C names far below. Names are decoded into memory once for each use, so without a limit a
    // small file could name one long string a thousand times.
    private const int MaximumTextLength = 4096;

    private readonly ByteView _bytes;

    public StringTable(ByteView bytes)
    {
        if (bytes.Length > 0 && bytes.Span[^1] != 0)
        {
            throw bytes.Error(bytes.Length - 1, "the string table does not end with a NUL byte");
        }

        _bytes = bytes;
    }

    /// <summary>Size in bytes, which is also the first offset past the table.</summary>
    public int Length => _bytes.Length;

    /// <summary>Offset of the table within its section or file.</summary>
    public long Origin => _bytes.Origin;

    /// <summary>All strings; the last byte is a NUL.</summary>
    public ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>The bytes of the string at <paramref name="offset"/>, without its NUL.</summary>
    public ReadOnlySpan<byte> Bytes(uint offset, string what)
    {
        ReadOnlySpan<byte> tail = Tail(offset, what);
        return tail[..tail.IndexOf((byte)0)];
    }

    /// <summary>As <see cref="Text(uint, string)"/>, for one of many strings of a kind.</summary>
    /// <param name="offset">Its offset.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="index">Which of them, for messages; no text is built while nothing is wrong.</param>
    public string Text(uint offset, string what, int index) =>
        offset < (uint)_bytes.Length ? Text(offset, what) : Text(offset, $"{what} {index}");

    /// <summary>The string at <paramref name="offset"/>; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text(uint offset, string what)
    {
        ReadOnlySpan<byte> bytes = Bytes(offset, what);
        return bytes.Length <= MaximumTextLength
            ? Encoding.UTF8.GetString(bytes)
            : throw _bytes.Error(offset, $"{what} has {bytes.Length} bytes, more than {MaximumTextLength}");
    }

    private ReadOnlySpan<byte> Tail(uint offset, string what)
    {
        if (offset >= (uint)_bytes.Length)
        {
            throw _bytes.Error(offset, $"{what} lies past the end of the string table (0x{_bytes.Length:x} bytes)");
        }

        return _bytes.Span[(int)offset..];
    }
}
