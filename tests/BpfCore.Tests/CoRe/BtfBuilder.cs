using System.Buffers.Binary;
using System.Text;
using BpfCore.Btf;

namespace BpfCore.Tests.CoRe;

/// <summary>Writes small BTF by hand: each method adds one type and returns its id.</summary>
/// <param name="baseFile">The BTF that this one extends, as a module's extends that of vmlinux.</param>
internal sealed class BtfBuilder(BtfFile? baseFile = null)
{
    public const uint Signed = 0x0100_0000;
    public const uint Character = 0x0200_0000;
    public const uint Boolean = 0x0400_0000;

    private readonly List<byte> _types = [];
    private readonly List<byte> _strings = baseFile is null ? [0] : [];
    private readonly Dictionary<string, uint> _offsets = new() { [""] = 0 };
    private int _count;

    public uint Int(string name, uint size, uint encoding = 0) =>
        Add(name, BtfKind.Int, size, [encoding | (size * 8)]);

    public uint Float(string name, uint size) => Add(name, BtfKind.Float, size);

    public uint Pointer(uint target) => Add("", BtfKind.Pointer, target);

    public uint Array(uint element, uint count) => Add("", BtfKind.Array, 0, [element, element, count]);

    public uint Typedef(string name, uint target) => Add(name, BtfKind.Typedef, target);

    public uint Const(uint target) => Add("", BtfKind.Const, target);

    public uint Volatile(uint target) => Add("", BtfKind.Volatile, target);

    public uint TypeTag(string name, uint target) => Add(name, BtfKind.TypeTag, target);

    public uint Forward(string name, bool isUnion = false) =>
        Add(name, BtfKind.Forward, 0, kindFlag: isUnion);

    public uint Struct(string name, uint size, params Member[] members) =>
        Composite(name, BtfKind.Struct, size, members);

    public uint Union(string name, uint size, params Member[] members) =>
        Composite(name, BtfKind.Union, size, members);

    public uint Enum(string name, params (string Name, int Value)[] values) => Enum(name, isSigned: false, values);

    public uint Enum(string name, bool isSigned, params (string Name, int Value)[] values) =>
        Add(name, BtfKind.Enum, 4, Words(values, value => [String(value.Name), unchecked((uint)value.Value)]),
            values.Length, isSigned);

    public uint Enum64(string name, params (string Name, ulong Value)[] values) =>
        Add(name, BtfKind.Enum64, 8,
            Words(values, value => [String(value.Name), unchecked((uint)value.Value), (uint)(value.Value >> 32)]),
            values.Length);

    public uint Function(string name, uint prototype) => Add(name, BtfKind.Function, prototype);

    public uint Prototype(uint result, params uint[] parameters) =>
        Add("", BtfKind.FunctionPrototype, result, Words(parameters, type => [0, type]), parameters.Length);

    /// <summary>Any record, also one that the format does not allow.</summary>
    public uint Add(
        string name, BtfKind kind, uint sizeOrType, uint[]? words = null, int count = 0, bool kindFlag = false)
    {
        Append(_types, String(name), BtfInfo.Create(kind, count, kindFlag).Word, sizeOrType);
        Append(_types, words ?? []);
        return (uint)((baseFile?.TypeCount ?? 1) + _count++);
    }

    /// <summary>Offset of a string, which is added when it is new.</summary>
    public uint String(string text)
    {
        if (!_offsets.TryGetValue(text, out uint offset))
        {
            offset = (uint)(BaseStringLength + _strings.Count);
            _offsets.Add(text, offset);
            _strings.AddRange(Encoding.UTF8.GetBytes(text));
            _strings.Add(0);
        }

        return offset;
    }

    public BtfFile Build(string name = "target")
    {
        List<byte> file = [0x9F, 0xEB, 1, 0];
        Append(file, 24, 0, (uint)_types.Count, (uint)_types.Count, (uint)_strings.Count);
        file.AddRange(_types);
        file.AddRange(_strings);
        return BtfFile.Read(file.ToArray(), name, baseFile);
    }

    // The string section's length is the last word of the header.
    private int BaseStringLength =>
        baseFile is null ? 0 : BinaryPrimitives.ReadInt32LittleEndian(baseFile.Data.Span[20..]);

    private uint Composite(string name, BtfKind kind, uint size, Member[] members)
    {
        bool hasBitfields = members.Any(member => member.BitfieldSize != 0);
        return Add(
            name, kind, size,
            Words(members, member => [String(member.Name), member.Type, member.Offset(hasBitfields)]),
            members.Length, hasBitfields);
    }

    private static uint[] Words<T>(T[] elements, Func<T, uint[]> toWords) => [.. elements.SelectMany(toWords)];

    private static void Append(List<byte> bytes, params uint[] words)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        foreach (uint value in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, value);
            bytes.AddRange(word);
        }
    }

    /// <summary>A member of a structure or union; offsets in bits.</summary>
    internal readonly record struct Member(string Name, uint Type, uint BitOffset, uint BitfieldSize = 0)
    {
        public static implicit operator Member((string Name, uint Type, uint BitOffset) member) =>
            new(member.Name, member.Type, member.BitOffset);

        public static implicit operator Member((string Name, uint Type, uint BitOffset, uint BitfieldSize) member) =>
            new(member.Name, member.Type, member.BitOffset, member.BitfieldSize);

        public uint Offset(bool hasBitfields) => hasBitfields ? (BitfieldSize << 24) | BitOffset : BitOffset;
    }
}
