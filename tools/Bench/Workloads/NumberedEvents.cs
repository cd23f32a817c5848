using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TcpConnLat;

namespace Bench.Workloads;

/// <summary>Events by number, all different: the same as those of <c>peer/numbered.h</c>.</summary>
internal static class NumberedEvents
{
    /// <summary>Size of <c>struct event</c> in bytes.</summary>
    public const int Size = 80;

    /// <summary>The bytes of an event, as the kernel hands them over.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="ipVersion">4 or 6.</param>
    public static byte[] Bytes(uint number, int ipVersion)
    {
        ConnectBpf.Event connect = new()
        {
            TimestampNs = number * 1000ul,
            LatencyNs = unchecked(number * 2654435761u) >> 4,
            Tgid = number,
            Lport = (ushort)(32768 + (number % 28232)),
            Dport = (ushort)((number % 65535) + 1),
            IpVersion = (byte)ipVersion,
            Outcome = 1,
            Way = 4,
        };
        "event-load"u8.CopyTo(connect.Comm);
        if (ipVersion == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(connect.Saddr, 0x0a000000 | (number & 0xffffff));
            BinaryPrimitives.WriteUInt32BigEndian(connect.Daddr, 0xc0000200 | (number * 7 & 0xff));
        }
        else
        {
            WriteIPv6(connect.Saddr, 0x02005eff, 0xfe000000 | (number & 0xffffff));
            WriteIPv6(connect.Daddr, 0, number * 7 & 0xffff);
        }

        return MemoryMarshal.AsBytes(new ReadOnlySpan<ConnectBpf.Event>(in connect)).ToArray();
    }

    private static void WriteIPv6(Span<byte> address, uint third, uint last)
    {
        BinaryPrimitives.WriteUInt32BigEndian(address, 0x20010db8);
        BinaryPrimitives.WriteUInt32BigEndian(address[8..], third);
        BinaryPrimitives.WriteUInt32BigEndian(address[12..], last);
    }
}
