using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A value of an enumeration (<c>struct btf_enum</c>, <c>struct btf_enum64</c>).</summary>
public readonly struct BtfEnumValue : IBtfElement<BtfEnumValue>
{
    private readonly BtfFile _file;
    private readonly uint _nameOffset;

    private BtfEnumValue(BtfFile file, uint nameOffset, ulong value)
    {
        _file = file;
        _nameOffset = nameOffset;
        Value = value;
    }

    /// <summary>Name of the value.</summary>
    public string Name => _file.StringText(_nameOffset);

    /// <summary>Name in UTF-8, without a terminating NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => _file.StringBytes(_nameOffset);

    /// <summary>
    /// The value's bits. Those of a 32-bit value are sign-extended when the enumeration is signed
    /// (<see cref="BtfType.KindFlag"/>), zero-extended otherwise.
    /// </summary>
    public ulong Value { get; }

    static BtfEnumValue IBtfElement<BtfEnumValue>.Decode(BtfType owner, int index)
    {
        bool wide = owner.Kind == BtfKind.Enum64;
        int size = wide ? BtfNative.sizeof_btf_enum64 : BtfNative.sizeof_btf_enum;
        ReadOnlySpan<byte> record = owner.Trailing.Slice(index * size, size);
        uint low = BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);
        ulong value = wide
            ? ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) << 32) | low
            : owner.KindFlag ? unchecked((ulong)(int)low) : low;
        return new BtfEnumValue(owner.File, BinaryPrimitives.ReadUInt32LittleEndian(record), value);
    }
}
