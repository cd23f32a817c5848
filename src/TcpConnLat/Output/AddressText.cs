using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TcpConnLat.Output;

/// <summary>IP addresses as C's inet_ntop writes them (glibc).</summary>
/// <remarks>
/// Each part of an address is put together in a register, with the mark that follows it, and stored as a whole: what
/// lies behind an address is overwritten too, up to the room that a method asks for.
/// </remarks>
internal static class AddressText
{
    /// <summary>The room that any address needs: <c>INET6_ADDRSTRLEN</c> without the final zero byte.</summary>
    public const int RoomBytes = 45;

    private const int Groups = 8;
    private const int HexGroupsBeforeDottedTail = 6;

    // Decimal digits and a dot, in the order of writing from the lowest byte on.
    private static readonly uint[] s_octets = CreateOctets();

    /// <summary>Writes an IPv4 address in dotted form.</summary>
    /// <param name="destination">Where to write, at least 16 bytes.</param>
    /// <param name="address">4 bytes in network order.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteIPv4(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        int length = 0;
        for (int index = 0; index < 4; index++)
        {
            uint octet = s_octets[address[index]];
            BinaryPrimitives.WriteUInt32LittleEndian(destination[length..], octet);
            length += sizeof(uint) - (BitOperations.LeadingZeroCount(octet) / 8);
        }

        return length - 1; // no dot at the end
    }

    /// <summary>
    /// Writes an IPv6 address: RFC 5952, with a dotted tail for v4-mapped (<c>::ffff:a.b.c.d</c>) and v4-compatible
    /// (<c>::a.b.c.d</c>) addresses.
    /// </summary>
    /// <param name="destination">Where to write, at least <see cref="RoomBytes"/> bytes.</param>
    /// <param name="address">16 bytes in network order.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteIPv6(Span<byte> destination, ReadOnlySpan<byte> address)
    {
        (int runStart, int runEnd) = LongestZeroRun(address);
        int hexGroups = HasDottedTail(address, runStart, runEnd) ? HexGroupsBeforeDottedTail : Groups;
        int length = 0;
        for (int group = 0; group < hexGroups; group++)
        {
            if (group == runStart)
            {
                "::"u8.CopyTo(destination[length..]);
                length += group == 0 ? 2 : 1; // the group before has written a colon
                group = runEnd - 1;
                continue;
            }

            length += WriteGroup(destination[length..], Group(address, group));
        }

        if (hexGroups < Groups)
        {
            return length + WriteIPv4(destination[length..], address[12..]);
        }

        return runEnd == Groups ? length : length - 1; // no colon at the end, but that of a run
    }

    // Up to four digits and a colon, as %x: without leading zeros. Stores eight bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // which the compiler does not when it optimises for size
    private static int WriteGroup(Span<byte> destination, uint group)
    {
        // A nibble in each byte, then '0' or 'a' - 10 added to each.
        uint nibbles = (group >> 12) | (group & 0xf00) | ((group & 0xf0) << 12) | ((group & 0xf) << 24);
        uint letters = ((nibbles + 0x06060606) >> 4) & 0x01010101;
        uint digits = nibbles + 0x30303030 + (letters * ('a' - 10 - '0'));
        int zeros = (BitOperations.LeadingZeroCount(group | 1) - 16) / 4;
        BinaryPrimitives.WriteUInt64LittleEndian(destination, (digits | ((ulong)':' << 32)) >> (8 * zeros));
        return 5 - zeros;
    }

    // The first of the longest runs of two or more zero groups; past the end where there is none.
    private static (int Start, int End) LongestZeroRun(ReadOnlySpan<byte> address)
    {
        Vector128<ushort> groups = Vector128.Create(address).AsUInt16();
        uint starts = Vector128.Equals(groups, Vector128<ushort>.Zero).ExtractMostSignificantBits();
        int length = 1;

        // Bit n of starts: `length` zero groups begin at n.
        while ((starts & (starts >> 1)) != 0)
        {
            starts &= starts >> 1;
            length++;
        }

        int start = BitOperations.TrailingZeroCount(starts);
        return length > 1 ? (start, start + length) : (Groups + 1, Groups + 1);
    }

    private static bool HasDottedTail(ReadOnlySpan<byte> address, int runStart, int runEnd) =>
        runStart == 0 && (runEnd == 6 || (runEnd == 5 && Group(address, 5) == 0xffff));

    private static uint Group(ReadOnlySpan<byte> address, int index) =>
        BinaryPrimitives.ReadUInt16BigEndian(address[(2 * index)..]);

    private static uint[] CreateOctets()
    {
        uint[] octets = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint text = '.';
            for (uint rest = value, digits = 0; digits == 0 || rest > 0; rest /= 10, digits++)
            {
                text = (text << 8) | ('0' + (rest % 10));
            }

            octets[value] = text;
        }

        return octets;
    }
}
