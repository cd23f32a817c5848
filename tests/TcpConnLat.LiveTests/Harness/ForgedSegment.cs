using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A TCP segment that no connection sent (RFC 9293, section 3.1), put on the wire by a raw socket.</summary>
internal static class ForgedSegment
{
    private const int HeaderSize = 20;
    private const int ChecksumOffset = 16;
    private const byte AckFlag = 0x10;

    // Acknowledges what a client just starting has certainly not sent: its first sequence number is random.
    private const uint Acknowledged = 1;

    /// <summary>Sends an ACK that does not fit, as from a connection the sender once had.</summary>
    public static void SendStrayAck(IPEndPoint source, IPEndPoint destination)
    {
        byte[] segment = new byte[HeaderSize];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), Acknowledged);
        segment[12] = (HeaderSize / sizeof(uint)) << 4;
        segment[13] = AckFlag;
        ushort checksum = Checksum(source.Address, destination.Address, segment);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(ChecksumOffset), checksum);

        using Socket raw = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp);
        raw.Bind(new IPEndPoint(source.Address, 0));
        raw.SendTo(segment, new IPEndPoint(destination.Address, 0));
    }

    private static ushort Checksum(IPAddress source, IPAddress destination, ReadOnlySpan<byte> segment)
    {
        // The pseudo header: both addresses, the protocol and the length, in words of 16 bits.
        uint sum = (uint)ProtocolType.Tcp + (uint)segment.Length;
        sum += Sum(source.GetAddressBytes()) + Sum(destination.GetAddressBytes()) + Sum(segment);
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)(ushort.MaxValue - sum);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return sum;
    }
}
