using System.Buffers.Binary;
using System.Text;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>Writes a message of rtnetlink(7): header, the fixed part of its type, attributes.</summary>
/// <remarks>
/// <code>
/// | nlmsg_len | type flags | seq | pid | fixed part | len type value, padded to 4 | len type … |
/// </code>
/// The length of the message and of what is nested is written when it is known.
/// </remarks>
internal sealed class NetlinkRequest
{
    private byte[] _bytes = new byte[128];
    private int _length = NLMSG_HDRLEN;

    private NetlinkRequest(string name, ushort type, ushort flags, int fixedSize)
    {
        Name = name;
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(6), (ushort)(flags | NLM_F_REQUEST));
        _length += fixedSize;
    }

    /// <summary>Name of its type, for messages: <c>RTM_NEWTFILTER</c>.</summary>
    public string Name { get; }

    /// <summary>A message about an interface (<c>struct ifinfomsg</c>).</summary>
    public static NetlinkRequest OfInterface(string name, ushort type, ushort flags, int interfaceIndex)
    {
        NetlinkRequest request = new(name, type, flags, IFINFOMSG_SIZE);
        request.WriteFixed(IFI_INDEX, (uint)interfaceIndex);
        return request;
    }

    /// <summary>A message about traffic control of an interface (<c>struct tcmsg</c>).</summary>
    public static NetlinkRequest OfTrafficControl(
        string name, ushort type, ushort flags, int interfaceIndex, uint parent, uint handle, uint info = 0)
    {
        NetlinkRequest request = new(name, type, flags, TCMSG_SIZE);
        request.WriteFixed(TCM_IFINDEX, (uint)interfaceIndex);
        request.WriteFixed(TCM_PARENT, parent);
        request.WriteFixed(TCM_HANDLE, handle);
        request.WriteFixed(TCM_INFO, info);
        return request;
    }

    /// <summary>Appends an attribute that is a number.</summary>
    public NetlinkRequest Add(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        bytes.CopyTo(Append(type, bytes.Length));
        return this;
    }

    /// <summary>Appends an attribute that is a text; a NUL closes it.</summary>
    public NetlinkRequest Add(ushort type, string text)
    {
        Encoding.UTF8.GetBytes(text, Append(type, Encoding.UTF8.GetByteCount(text) + 1));
        return this;
    }

    /// <summary>Begins an attribute that holds others. Returns what <see cref="Close"/> wants.</summary>
    public int Open(ushort type)
    {
        int start = _length;
        Append(type, 0);
        return start;
    }

    /// <summary>Ends an attribute that holds others.</summary>
    public void Close(int start) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(start), (ushort)(_length - start));

    /// <summary>The whole message, with its length and a number that its answers repeat.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes, _length);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(8), sequence);
        return _bytes.AsSpan(0, _length);
    }

    private void WriteFixed(int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(NLMSG_HDRLEN + offset), value);

    // The room of the value; padding behind it stays zero, as an array begins.
    private Span<byte> Append(ushort type, int size)
    {
        int start = _length;
        _length += NLA_HDRLEN + ((size + NLMSG_ALIGNTO - 1) & -NLMSG_ALIGNTO);
        if (_length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length, _bytes.Length * 2));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(start), (ushort)(NLA_HDRLEN + size));
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(start + 2), type);
        return _bytes.AsSpan(start + NLA_HDRLEN, size);
    }
}
