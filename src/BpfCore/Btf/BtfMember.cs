using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A member of a structure or union (<c>struct btf_member</c>).</summary>
/// <remarks>
/// The word <c>offset</c>, when the composite's <c>kind_flag</c> is set:
/// <code>
///  31              24 23                                            0
/// +------------------+-----------------------------------------------+
/// |  bitfield size   |                  bit offset                   |
/// +------------------+-----------------------------------------------+
/// </code>
/// Without the flag all 32 bits are the bit offset, and an old-style bitfield shows only in its integer's encoding.
/// </remarks>
public readonly struct BtfMember : IBtfElement<BtfMember>
{
    private const int SizeShift = 24;
    private const uint OffsetMask = 0x00FF_FFFF;

    private readonly BtfType _owner;
    private readonly uint _nameOffset;
    private readonly uint _offset;

    private BtfMember(BtfType owner, uint nameOffset, uint typeId, uint offset)
    {
        _owner = owner;
        _nameOffset = nameOffset;
        _offset = offset;
        TypeId = new BtfTypeId(typeId);
    }

    /// <summary>Name; empty for an anonymous structure or union and for padding.</summary>
    public string Name => _owner.File.StringText(_nameOffset);

    /// <summary>Name in UTF-8, without a terminating NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => _owner.File.StringBytes(_nameOffset);

    /// <summary>True when the member has no name.</summary>
    public bool IsAnonymous => _nameOffset == 0;

    /// <summary>Id of the member's type.</summary>
    public BtfTypeId TypeId { get; }

    /// <summary>The member's type.</summary>
    public BtfType Type => _owner.File[TypeId];

    /// <summary>Offset from the start of the composite, in bits.</summary>
    public uint BitOffset => _owner.KindFlag ? _offset & OffsetMask : _offset;

    /// <summary>Size of the bitfield in bits, 0 for a member that is no bitfield.</summary>
    public uint BitfieldSize => _owner.KindFlag ? _offset >> SizeShift : 0;

    static BtfMember IBtfElement<BtfMember>.Decode(BtfType owner, int index)
    {
        ReadOnlySpan<byte> record = owner.Trailing.Slice(
            index * BtfNative.sizeof_btf_member, BtfNative.sizeof_btf_member);
        return new BtfMember(
            owner,
            BinaryPrimitives.ReadUInt32LittleEndian(record),
            BinaryPrimitives.ReadUInt32LittleEndian(record[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[8..]));
    }
}
