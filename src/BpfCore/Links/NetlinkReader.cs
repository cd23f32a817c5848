using System.Buffers.Binary;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>Walks over the messages that came in one receive.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private ushort _flags;

    /// <summary>Type of the message.</summary>
    public ushort Type { get; private set; }

    /// <summary>Number of the request that it answers.</summary>
    public uint Sequence { get; private set; }

    /// <summary>The message behind its header.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Goes to the next message; false at the end, and where one is cut off.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < NLMSG_HDRLEN)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        if (length < NLMSG_HDRLEN || length > _rest.Length)
        {
            return false;
        }

        Type = BinaryPrimitives.ReadUInt16LittleEndian(_rest[4..]);
        _flags = BinaryPrimitives.ReadUInt16LittleEndian(_rest[6..]);
        Sequence = BinaryPrimitives.ReadUInt32LittleEndian(_rest[8..]);
        Payload = _rest[NLMSG_HDRLEN..length];
        _rest = _rest[Math.Min((length + NLMSG_ALIGNTO - 1) & -NLMSG_ALIGNTO, _rest.Length)..];
        return true;
    }

    /// <summary>
    /// What the end of an answer says (<c>struct nlmsgerr</c>: a negated errno, the header of the request, and where
    /// flags say so attributes with the kernel's words).
    /// </summary>
    public readonly NetlinkVerdict Verdict()
    {
        int error = Payload.Length < sizeof(int) ? 0 : -BinaryPrimitives.ReadInt32LittleEndian(Payload);
        string? words = null;
        const int Fixed = sizeof(int) + NLMSG_HDRLEN;
        if (Type == NLMSG_ERROR && (_flags & NLM_F_ACK_TLVS) != 0 && (_flags & NLM_F_CAPPED) != 0
            && Payload.Length > Fixed)
        {
            _ = new NetlinkAttributes(Payload[Fixed..]).TryText(NLMSGERR_ATTR_MSG, out words);
        }

        return new NetlinkVerdict((Syscalls.Errno)error, words);
    }
}
