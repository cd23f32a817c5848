using System.Buffers.Binary;
using BpfCore.Btf;
using BpfCore.Kernel;

namespace BpfCore.Programs;

/// <summary>
/// Rewrites kinds that an older kernel does not know into ones of the same size that it knows, so that all type ids
/// stay as they are. Follows libbpf's <c>bpf_object__sanitize_btf</c>.
/// </summary>
internal sealed class BtfSanitizer
{
    private const uint StaticLinkage = 0;
    private const int CharBits = 8;

    private readonly BtfFile _types;
    private readonly IReadOnlySet<KernelFeature> _lacking;
    private readonly byte[] _data;
    private readonly int _typesStart;
    private readonly int _stringsStart;

    private BtfSanitizer(BtfFile types, IReadOnlySet<KernelFeature> lacking)
    {
        _types = types;
        _lacking = lacking;
        _data = types.Data.ToArray();
        int header = Read(BtfNative.btf_header_hdr_len);
        _typesStart = header + Read(BtfNative.btf_header_type_off);
        _stringsStart = header + Read(BtfNative.btf_header_str_off);
    }

    /// <summary>The types as a kernel takes them that lacks the given features.</summary>
    public static byte[] Sanitize(BtfFile types, IReadOnlySet<KernelFeature> lacking) =>
        new BtfSanitizer(types, lacking).Run();

    private byte[] Run()
    {
        bool needsPlaceholder = false;
        foreach (BtfType type in _types.Types)
        {
            needsPlaceholder |= type.Kind == BtfKind.Enum64 && _lacking.Contains(KernelFeature.BtfEnum64);
            Rewrite(type, _typesStart + _types.RecordOffset(type.Id));
        }

        return needsPlaceholder ? AppendPlaceholder() : _data;
    }

    private void Rewrite(BtfType type, int record)
    {
        switch (type.Kind)
        {
            case BtfKind.Variable when _lacking.Contains(KernelFeature.BtfDataSections):
            case BtfKind.DeclarationTag when _lacking.Contains(KernelFeature.BtfDeclarationTags):
                ToChar(record);
                break;
            case BtfKind.DataSection when _lacking.Contains(KernelFeature.BtfDataSections):
                ToStruct(type, record);
                break;
            case BtfKind.FunctionPrototype when _lacking.Contains(KernelFeature.BtfFunctions):
                SetKind(record, BtfKind.Enum, type.ElementCount);
                Write(record + BtfNative.btf_type_size, sizeof(uint));
                break;
            case BtfKind.Function when _lacking.Contains(KernelFeature.BtfFunctions):
                SetKind(record, BtfKind.Typedef);
                break;
            case BtfKind.Function when _lacking.Contains(KernelFeature.BtfGlobalFunctions):
                SetKind(record, BtfKind.Function, (int)StaticLinkage);
                break;
            case BtfKind.Float when _lacking.Contains(KernelFeature.BtfFloat):
                Write(record + BtfNative.btf_type_name_off, 0);
                SetKind(record, BtfKind.Struct);
                break;
            case BtfKind.TypeTag when _lacking.Contains(KernelFeature.BtfTypeTags):
                Write(record + BtfNative.btf_type_name_off, 0);
                SetKind(record, BtfKind.Const);
                break;
            case BtfKind.Enum when _lacking.Contains(KernelFeature.BtfEnum64):
                SetKind(record, BtfKind.Enum, type.ElementCount); // without kind_flag, which came with enum64
                break;
            case BtfKind.Enum64 when _lacking.Contains(KernelFeature.BtfEnum64):
                ToUnion(type, record);
                break;
        }
    }

    private void ToChar(int record)
    {
        SetKind(record, BtfKind.Int);
        Write(record + BtfNative.btf_type_size, 1);
        Write(record + BtfNative.sizeof_btf_type, CharBits);
    }

    // struct btf_var_secinfo { type, offset, size } becomes struct btf_member { name_off, type, offset in bits }.
    private void ToStruct(BtfType section, int record)
    {
        SetKind(record, BtfKind.Struct, section.ElementCount);
        ReplaceDots(Read(record + BtfNative.btf_type_name_off));
        for (int i = 0; i < section.ElementCount; i++)
        {
            int element = record + BtfNative.sizeof_btf_type + (i * BtfNative.sizeof_btf_member);
            int variable = Read(element);
            int offset = Read(element + 4);
            int variableRecord = _typesStart + _types.RecordOffset(new BtfTypeId((uint)variable));
            Write(element, Read(variableRecord + BtfNative.btf_type_name_off));
            Write(element + 4, variable);
            Write(element + 8, offset * CharBits);
        }
    }

    // struct btf_enum64 { name_off, lo, hi } becomes struct btf_member { name_off, type, offset }.
    private void ToUnion(BtfType enumeration, int record)
    {
        SetKind(record, BtfKind.Union, enumeration.ElementCount);
        for (int i = 0; i < enumeration.ElementCount; i++)
        {
            int element = record + BtfNative.sizeof_btf_type + (i * BtfNative.sizeof_btf_member);
            Write(element + 4, _types.TypeCount); // the placeholder, which gets the next id
            Write(element + 8, 0);
        }
    }

    // Names of structures are C identifiers to the kernel; names of sections are not.
    private void ReplaceDots(int nameOffset)
    {
        for (int i = _stringsStart + nameOffset; _data[i] != 0; i++)
        {
            if (_data[i] is (byte)'.' or (byte)'?')
            {
                _data[i] = (byte)'_';
            }
        }
    }

    /// <summary>Adds the type of the members that stand for values of 64-bit enumerations.</summary>
    private byte[] AppendPlaceholder()
    {
        ReadOnlySpan<byte> name = "enum64_placeholder\0"u8;
        int typesLength = Read(BtfNative.btf_header_type_len);
        int stringsLength = Read(BtfNative.btf_header_str_len);
        int recordSize = BtfNative.sizeof_btf_type + BtfNative.sizeof_btf_int;
        byte[] grown = new byte[BtfNative.sizeof_btf_header + typesLength + recordSize + stringsLength + name.Length];
        Span<byte> target = grown;
        _data.AsSpan(0, BtfNative.sizeof_btf_header).CopyTo(target);
        WriteTo(target, BtfNative.btf_header_hdr_len, BtfNative.sizeof_btf_header);
        WriteTo(target, BtfNative.btf_header_type_off, 0);
        WriteTo(target, BtfNative.btf_header_type_len, typesLength + recordSize);
        WriteTo(target, BtfNative.btf_header_str_off, typesLength + recordSize);
        WriteTo(target, BtfNative.btf_header_str_len, stringsLength + name.Length);

        target = target[BtfNative.sizeof_btf_header..];
        _data.AsSpan(_typesStart, typesLength).CopyTo(target);
        target = target[typesLength..];
        WriteTo(target, BtfNative.btf_type_name_off, stringsLength);
        WriteTo(target, BtfNative.btf_type_info, Info(BtfKind.Int, 0));
        WriteTo(target, BtfNative.btf_type_size, 1);
        WriteTo(target, BtfNative.sizeof_btf_type, CharBits);
        target = target[recordSize..];
        _data.AsSpan(_stringsStart, stringsLength).CopyTo(target);
        name.CopyTo(target[stringsLength..]);
        return grown;
    }

    private static int Info(BtfKind kind, int count) => ((int)kind << 24) | count;

    private static void WriteTo(Span<byte> data, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(data[offset..], value);

    private void SetKind(int record, BtfKind kind, int count = 0) =>
        Write(record + BtfNative.btf_type_info, Info(kind, count));

    private int Read(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(offset));

    private void Write(int offset, int value) => WriteTo(_data, offset, value);
}
