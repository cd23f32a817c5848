using System.Buffers.Binary;
using System.Text;
using BpfCore.Btf;

namespace BpfCore.Tests.Btf;

/// <summary>Writes raw BTF record by record. Ids are handed out in order, from 1 or behind those of a base.</summary>
internal sealed class BtfBuilder(BtfFile? baseFile = null)
{
    private readonly List<byte> _types = [];
    private readonly List<byte> _strings = baseFile is null ? [0] : [];
    private readonly uint _firstString = (uint)(baseFile is null ? 0 : StringEnd(baseFile));
    private uint _nextId = (uint)(baseFile?.TypeCount ?? 1);

    /// <summary>Adds a record made of <c>struct btf_type</c> and the words that follow it.</summary>
    public uint Add(BtfKind kind, string name, uint sizeOrType, int count = 0, bool flag = false, params uint[] words)
    {
        WriteWord(Name(name));
        WriteWord(BtfInfo.Create(kind, count, flag).Word);
        WriteWord(sizeOrType);
        foreach (uint word in words)
        {
            WriteWord(word);
        }

        return _nextId++;
    }

    public uint Int(string name, uint size, bool signed = false) =>
        Add(BtfKind.Int, name, size, words: (size * 8) | (signed ? 0x0100_0000u : 0));

    public uint Pointer(uint target) => Add(BtfKind.Pointer, "", target);

    public uint Const(uint target) => Add(BtfKind.Const, "", target);

    public uint Typedef(string name, uint target) => Add(BtfKind.Typedef, name, target);

    public uint Array(uint element, uint index, uint count) =>
        Add(BtfKind.Array, "", 0, words: [element, index, count]);

    public uint Struct(string name, uint size, params (string Name, uint Type, uint BitOffset)[] members) =>
        Composite(BtfKind.Struct, name, size, members);

    public uint Composite(
        BtfKind kind, string name, uint size, params (string Name, uint Type, uint BitOffset)[] members) =>
        Add(kind, name, size, members.Length, words: [.. members.SelectMany(member =>
            new[] { Name(member.Name), member.Type, member.BitOffset })]);

    public uint Enum(string name, bool signed, params (string Name, int Value)[] values) =>
        Add(BtfKind.Enum, name, 4, values.Length, signed, [.. values.SelectMany(value =>
            new[] { Name(value.Name), unchecked((uint)value.Value) })]);

    public uint Enum64(string name, bool signed, params (string Name, ulong Value)[] values) =>
        Add(BtfKind.Enum64, name, 8, values.Length, signed, [.. values.SelectMany(value =>
            new[] { Name(value.Name), unchecked((uint)value.Value), (uint)(value.Value >> 32) })]);

    public uint Prototype(uint returned, params (string Name, uint Type)[] parameters) =>
        Add(BtfKind.FunctionPrototype, "", returned, parameters.Length, words: [.. parameters.SelectMany(parameter =>
            new[] { Name(parameter.Name), parameter.Type })]);

    public uint Function(string name, uint prototype, BtfLinkage linkage = BtfLinkage.Global) =>
        Add(BtfKind.Function, name, prototype, (int)linkage);

    public uint Variable(string name, uint type, BtfLinkage linkage = BtfLinkage.Global) =>
        Add(BtfKind.Variable, name, type, words: (uint)linkage);

    public uint DataSection(string name, uint size, params (uint Variable, uint Offset, uint Size)[] variables) =>
        Add(BtfKind.DataSection, name, size, variables.Length, words: [.. variables.SelectMany(variable =>
            new[] { variable.Variable, variable.Offset, variable.Size })]);

    /// <summary>Offset of a string, which is added.</summary>
    public uint Name(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        uint offset = _firstString + (uint)_strings.Count;
        _strings.AddRange(Encoding.UTF8.GetBytes(text));
        _strings.Add(0);
        return offset;
    }

    public byte[] Build()
    {
        byte[] types = _types.ToArray();
        byte[] strings = _strings.ToArray();
        byte[] image = new byte[BtfNative.sizeof_btf_header + types.Length + strings.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(image, BtfNative.BTF_MAGIC);
        image[2] = BtfNative.BTF_VERSION;
        Put(image, BtfNative.btf_header_hdr_len, BtfNative.sizeof_btf_header);
        Put(image, BtfNative.btf_header_type_len, (uint)types.Length);
        Put(image, BtfNative.btf_header_str_off, (uint)types.Length);
        Put(image, BtfNative.btf_header_str_len, (uint)strings.Length);
        types.CopyTo(image, BtfNative.sizeof_btf_header);
        strings.CopyTo(image, BtfNative.sizeof_btf_header + types.Length);
        return image;
    }

    public BtfFile Read(string name = "test.btf") => BtfFile.Read(Build(), name, baseFile);

    /// <summary>Overwrites a word of an image.</summary>
    public static byte[] Put(byte[] image, int offset, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(offset), value);
        return image;
    }

    private static int StringEnd(BtfFile file) =>
        file.StringSectionLength + (file.Base is null ? 0 : StringEnd(file.Base));

    private void WriteWord(uint word)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        _types.AddRange(bytes);
    }
}
