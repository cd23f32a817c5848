using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace TcpConnLat.Output;

/// <summary>
/// Writes the columns of one row, each left-aligned, padded and followed by a space, as printf's <c>"%-6d "</c> does.
/// </summary>
/// <param name="row">
/// Where the row goes, <see cref="RowFormat.MaximumRowBytes"/>: bytes behind it are overwritten.
/// </param>
internal ref struct RowCursor(Span<byte> row)
{
    private readonly Span<byte> _row = row;

    /// <summary>The number of bytes written so far.</summary>
    public int Length { get; private set; }

    private readonly Span<byte> Rest => _row[Length..];

    /// <summary><c>%-{width}u</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="width">The column's width in bytes.</param>
    public void Number(uint value, int width)
    {
        Utf8Formatter.TryFormat(value, Rest, out int length);
        Finish(length, width);
    }

    /// <summary><c>%-{width}.{decimals}f</c>.</summary>
    /// <param name="value">The number, below 2^53.</param>
    /// <param name="decimals">Digits after the point.</param>
    /// <param name="width">The column's width in bytes.</param>
    public void Fixed(double value, int decimals, int width) =>
        Finish(DecimalText.WriteFixed(Rest, value, decimals), width);

    /// <summary><c>%-{width}.{width}s</c> of a task's name.</summary>
    /// <param name="name">The name, 16 bytes, ended by a zero byte or by the end of the span.</param>
    /// <param name="width">The column's width, and the most bytes taken.</param>
    public void Command(scoped ReadOnlySpan<byte> name, int width) =>
        Finish(CommandText.Write(Rest, name, width), width);

    /// <summary><c>%-{width}s</c> of an address.</summary>
    /// <param name="address">16 bytes; an IPv4 address is in the first 4.</param>
    /// <param name="ipVersion">4 or 6.</param>
    /// <param name="width">The column's width in bytes.</param>
    public void Address(scoped ReadOnlySpan<byte> address, byte ipVersion, int width)
    {
        int length = ipVersion == 4 ? AddressText.WriteIPv4(Rest, address) : AddressText.WriteIPv6(Rest, address);
        Finish(length, width);
    }

    /// <summary><c>%.{decimals}f</c> and a newline: the last column.</summary>
    /// <param name="value">The number, below 2^53.</param>
    /// <param name="decimals">Digits after the point.</param>
    public void End(double value, int decimals)
    {
        Length += DecimalText.WriteFixed(Rest, value, decimals);
        _row[Length++] = (byte)'\n';
    }

    // Always 16 blanks in one store, the space between the columns being one of them; the next column overwrites those
    // that are too many.
    private void Finish(int length, int width)
    {
        Debug.Assert(width - length < Vector128<byte>.Count, "16 blanks are enough for the padding and the space");
        Vector128.Create((byte)' ').CopyTo(Rest[length..]);
        Length += Math.Max(length, width) + 1;
    }
}
