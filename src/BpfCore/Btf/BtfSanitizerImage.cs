using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A file's bytes in the making: copied at the first change, grown when a type has to be added.</summary>
internal sealed class BtfSanitizerImage(BtfFile file)
{
    private const uint BitsPerByte = 8;

    private byte[]? _bytes;
    private uint _placeholder;

    /// <summary>The bytes, those of the file itself when nothing was changed.</summary>
    public ReadOnlyMemory<byte> ToMemory() => (_bytes, _placeholder) switch
    {
        (null, _) => file.Data,
        (_, 0) => _bytes,
        _ => WithPlaceholder(_bytes),
    };

    public void SetInfo(BtfType type, BtfKind kind, int count = 0) =>
        Write(Record(type)[BtfNative.btf_type_info..], BtfInfo.Create(kind, count, kindFlag: false).Word);

    public void Rename(BtfType type, uint nameOffset) =>
        Write(Record(type)[BtfNative.btf_type_name_off..], nameOffset);

    /// <summary>Replaces characters that the kernel does not allow in a name by underscores.</summary>
    public void ReplaceInName(BtfType type, ReadOnlySpan<byte> characters)
    {
        int length = type.NameBytes.Length;
        int start = file.StringSectionOffset + (int)NameOffset(type);
        Span<byte> name = Bytes.AsSpan(start, length);
        name.ReplaceAny(System.Buffers.SearchValues.Create(characters), (byte)'_');
    }

    /// <summary>
    /// An integer of one byte: no variable and no tag is smaller, and the kernel checks that it fits.
    /// </summary>
    public void ToByte(BtfType type)
    {
        SetInfo(type, BtfKind.Int);
        SetSize(type, sizeof(byte));
        Write(Record(type)[BtfNative.sizeof_btf_type..], BitsPerByte);
    }

    /// <summary>A prototype as an enumeration: a parameter is as long as a value.</summary>
    public void ToEnum(BtfType prototype)
    {
        SetInfo(prototype, BtfKind.Enum, prototype.ElementCount);
        SetSize(prototype, sizeof(uint));
    }

    /// <summary>
    /// A data section as a structure of its variables: <c>btf_var_secinfo</c> becomes <c>btf_member</c>.
    /// </summary>
    public void ToStruct(BtfType section)
    {
        ReplaceInName(section, ".?"u8);
        SetInfo(section, BtfKind.Struct, section.ElementCount);
        for (int index = 0; index < section.ElementCount; index++)
        {
            // Taken from the file, which stays as it was.
            BtfSectionVariable variable = new BtfElementList<BtfSectionVariable>(section)[index];
            if (variable.Offset > uint.MaxValue / BitsPerByte)
            {
                throw section.Error($"variable {index} lies at 0x{variable.Offset:x}, too far for a member");
            }

            uint name = NameOffset(variable.Variable);
            WriteMember(section, index, name, variable.TypeId.Value, variable.Offset * BitsPerByte);
        }
    }

    /// <summary>A 64-bit enumeration as a union with a member for each value: the names are kept.</summary>
    public void ToUnion(BtfType enumeration)
    {
        _placeholder = (uint)file.TypeCount;
        SetInfo(enumeration, BtfKind.Union, enumeration.ElementCount);
        for (int index = 0; index < enumeration.ElementCount; index++)
        {
            uint name = Read(enumeration.Trailing[(index * BtfNative.sizeof_btf_enum64)..]);
            WriteMember(enumeration, index, name, _placeholder, bitOffset: 0);
        }
    }

    private byte[] Bytes => _bytes ??= file.Data.ToArray();

    private byte[] WithPlaceholder(byte[] bytes)
    {
        Span<byte> type = stackalloc byte[BtfNative.sizeof_btf_type + BtfNative.sizeof_btf_int];
        Write(type[BtfNative.btf_type_name_off..], (uint)file.StringSectionLength);
        Write(type[BtfNative.btf_type_info..], BtfInfo.Create(BtfKind.Int, 0, kindFlag: false).Word);
        Write(type[BtfNative.btf_type_size..], sizeof(byte));
        Write(type[BtfNative.sizeof_btf_type..], BitsPerByte);
        return BtfAppendix.Append(file, bytes, type, "enum64_placeholder\0"u8);
    }

    private void WriteMember(BtfType owner, int index, uint nameOffset, uint typeId, uint bitOffset)
    {
        int start = BtfNative.sizeof_btf_type + (index * BtfNative.sizeof_btf_member);
        Span<byte> member = Record(owner)[start..];
        Write(member, nameOffset);
        Write(member[4..], typeId);
        Write(member[8..], bitOffset);
    }

    private void SetSize(BtfType type, uint size) => Write(Record(type)[BtfNative.btf_type_size..], size);

    private Span<byte> Record(BtfType type) =>
        Bytes.AsSpan(file.TypeSectionOffset + file.RecordOffset(type.Id));

    private static uint NameOffset(BtfType type) => Read(type.Record[BtfNative.btf_type_name_off..]);

    private static uint Read(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadUInt32LittleEndian(source);

    private static void Write(Span<byte> target, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(target, value);
}
