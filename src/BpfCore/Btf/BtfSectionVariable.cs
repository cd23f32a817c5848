using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A variable of a data section (<c>struct btf_var_secinfo</c>).</summary>
/// <remarks>In an object file clang leaves the offset 0; the ELF symbol has the true one.</remarks>
public readonly struct BtfSectionVariable : IBtfElement<BtfSectionVariable>
{
    private readonly BtfFile _file;

    private BtfSectionVariable(BtfFile file, uint typeId, uint offset, uint size)
    {
        _file = file;
        TypeId = new BtfTypeId(typeId);
        Offset = offset;
        Size = size;
    }

    /// <summary>Id of the <see cref="BtfKind.Variable"/> (of the function, for an external function).</summary>
    public BtfTypeId TypeId { get; }

    /// <summary>The <see cref="BtfKind.Variable"/>.</summary>
    public BtfType Variable => _file[TypeId];

    /// <summary>Offset from the start of the section, in bytes.</summary>
    public uint Offset { get; }

    /// <summary>Size in bytes.</summary>
    public uint Size { get; }

    static BtfSectionVariable IBtfElement<BtfSectionVariable>.Decode(BtfType owner, int index)
    {
        ReadOnlySpan<byte> record = owner.Trailing.Slice(
            index * BtfNative.sizeof_btf_var_secinfo, BtfNative.sizeof_btf_var_secinfo);
        return new BtfSectionVariable(
            owner.File,
            BinaryPrimitives.ReadUInt32LittleEndian(record),
            BinaryPrimitives.ReadUInt32LittleEndian(record[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[8..]));
    }
}
