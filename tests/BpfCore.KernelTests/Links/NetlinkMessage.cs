using System.Buffers.Binary;
using System.Text;

namespace BpfCore.KernelTests.Links;

/// <summary>A message of rtnetlink(7) that makes an interface.</summary>
internal static class NetlinkMessage
{
    public const int HeaderSize = 16;

    private const ushort NewLinkType = 16; // RTM_NEWLINK
    private const ushort Flags = 0x1 | 0x4 | 0x200 | 0x400; // NLM_F_REQUEST, ACK, EXCL, CREATE
    private const ushort NameAttribute = 3; // IFLA_IFNAME
    private const ushort InfoAttribute = 18; // IFLA_LINKINFO
    private const ushort KindAttribute = 1; // IFLA_INFO_KIND

    public static byte[] NewLink(int index, string name, string kind)
    {
        using MemoryStream bytes = new();
        bytes.Write(new byte[HeaderSize]);
        byte[] link = new byte[16]; // struct ifinfomsg
        BinaryPrimitives.WriteInt32LittleEndian(link.AsSpan(4), index);
        bytes.Write(link);
        Write(bytes, NameAttribute, Encoding.ASCII.GetBytes(name + '\0'));
        byte[] kindText = Encoding.ASCII.GetBytes(kind);
        byte[] inner = new byte[4 + ((kindText.Length + 3) & ~3)];
        BinaryPrimitives.WriteUInt16LittleEndian(inner, (ushort)(4 + kindText.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(inner.AsSpan(2), KindAttribute);
        kindText.CopyTo(inner.AsSpan(4));
        Write(bytes, InfoAttribute, inner);

        byte[] message = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), NewLinkType);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), Flags);
        return message;
    }

    private static void Write(MemoryStream bytes, ushort type, byte[] value)
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), type);
        bytes.Write(header);
        bytes.Write(value);
        bytes.Write(new byte[((value.Length + 3) & ~3) - value.Length]);
    }
}
