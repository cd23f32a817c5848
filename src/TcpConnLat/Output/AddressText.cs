using System.Buffers.Binary;
using System.Buffers.Text;

namespace TcpConnLat.Output;

/// <summary>IP addresses as C's inet_ntop writes them (glibc).</summary>
internal static class AddressText
{
    /// <summary>The longest text: <c>INET6_ADDRSTRLEN</c> without the final zero byte.</summary>
    public const int MaximumBytes = 45;

    private const int Groups = 8;

    /// <summary>Writes an IPv4 address in dotted form.</summary>
    /// <param name="destination">Where to write, at least 15 bytes.</param>
    /// <param name="address">4 bytes in network order.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteIPv4(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        int length = 0;
        for (int index = 0; index < 4; index++)
        {
            if (index > 0)
            {
                destination[length++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(address[index], destination[length..], out int digits);
            length += digits;
        }

        return length;
    }

    /// <summary>
    /// Writes an IPv6 address: RFC 5952, with a dotted tail for v4-mapped (<c>::ffff:a.b.c.d</c>) and v4-compatible
    /// (<c>::a.b.c.d</c>) addresses.
    /// </summary>
    /// <param name="destination">Where to write, at least <see cref="MaximumBytes"/> bytes.</param>
    /// <param name="address">16 bytes in network order.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteIPv6(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        (int runStart, int runLength) = LongestZeroRun(address);
        int hexGroups = HasDottedTail(address, runStart, runLength) ? Groups - 2 : Groups;
        int length = 0;
        for (int group = 0; group < hexGroups; group++)
        {
            if (group >= runStart && group < runStart + runLength)
            {
                length += group == runStart ? WriteColon(destination[length..]) : 0;
                continue;
            }

            length += group > 0 ? WriteColon(destination[length..]) : 0;
            Utf8Formatter.TryFormat(Group(address, group), destination[length..], out int digits, 'x');
            length += digits;
        }

        if (hexGroups < Groups)
        {
            length += WriteColon(destination[length..]);
            return length + WriteIPv4(destination[length..], address[12..]);
        }

        return runStart + runLength == Groups ? length + WriteColon(destination[length..]) : length;
    }

    // The first of the longest runs of two or more zero groups; start is past the end where there is none.
    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<byte> address)
    {
        (int Start, int Length) best = (Groups + 1, 1);
        int start = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (Group(address, group) != 0)
            {
                start = group + 1;
            }
            else if (group + 1 - start > best.Length)
            {
                best = (start, group + 1 - start);
            }
        }

        return best;
    }

    private static bool HasDottedTail(ReadOnlySpan<byte> address, int runStart, int runLength) =>
        runStart == 0 && (runLength == 6 || (runLength == 5 && Group(address, 5) == 0xffff));

    private static ushort Group(ReadOnlySpan<byte> address, int index) =>
        BinaryPrimitives.ReadUInt16BigEndian(address[(2 * index)..]);

    private static int WriteColon(Span<byte> destination)
    {
        destination[0] = (byte)':';
        return 1;
    }
}
