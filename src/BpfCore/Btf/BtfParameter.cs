using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A parameter of a function prototype (<c>struct btf_param</c>).</summary>
public readonly struct BtfParameter : IBtfElement<BtfParameter>
{
    private readonly BtfFile _file;
    private readonly uint _nameOffset;

    private BtfParameter(BtfFile file, uint nameOffset, uint typeId)
    {
        _file = file;
        _nameOffset = nameOffset;
        TypeId = new BtfTypeId(typeId);
    }

    /// <summary>Name; empty in a prototype without names.</summary>
    public string Name => _file.StringText(_nameOffset);

    /// <summary>Id of the parameter's type; void, together with an empty name, for <c>...</c>.</summary>
    public BtfTypeId TypeId { get; }

    /// <summary>The parameter's type.</summary>
    public BtfType Type => _file[TypeId];

    static BtfParameter IBtfElement<BtfParameter>.Decode(BtfType owner, int index)
    {
        ReadOnlySpan<byte> record = owner.Trailing.Slice(
            index * BtfNative.sizeof_btf_param, BtfNative.sizeof_btf_param);
        return new BtfParameter(
            owner.File,
            BinaryPrimitives.ReadUInt32LittleEndian(record),
            BinaryPrimitives.ReadUInt32LittleEndian(record[4..]));
    }
}
