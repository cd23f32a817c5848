using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>The attributes of a message of the kernel, or those within one of them.</summary>
/// <remarks>What a newer kernel adds is passed over; the list ends where an attribute is cut off.</remarks>
internal readonly ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The attributes within an attribute; none where that is missing.</summary>
    public NetlinkAttributes Nested(ushort type) => new(Find(type));

    /// <summary>The number that an attribute is, of 1 or 4 bytes; 0 where it is missing.</summary>
    public uint Number(ushort type)
    {
        ReadOnlySpan<byte> value = Find(type);
        return value.Length switch
        {
            >= sizeof(uint) => BinaryPrimitives.ReadUInt32LittleEndian(value),
            > 0 => value[0],
            _ => 0,
        };
    }

    /// <summary>The text that an attribute is.</summary>
    public bool TryText(ushort type, [NotNullWhen(true)] out string? text)
    {
        ReadOnlySpan<byte> value = Find(type);
        text = value.IsEmpty ? null : Encoding.UTF8.GetString(value.TrimEnd((byte)0));
        return text is not null;
    }

    private ReadOnlySpan<byte> Find(ushort type)
    {
        ReadOnlySpan<byte> rest = _bytes;
        while (rest.Length >= NLA_HDRLEN)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (length < NLA_HDRLEN || length > rest.Length)
            {
                return [];
            }

            if ((BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & NLA_TYPE_MASK) == type)
            {
                return rest[NLA_HDRLEN..length];
            }

            rest = rest[Math.Min((length + NLMSG_ALIGNTO - 1) & -NLMSG_ALIGNTO, rest.Length)..];
        }

        return [];
    }
}
