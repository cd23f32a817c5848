using System.Text;
using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>
/// BPF Type Format data: the types of a BPF object, of a kernel or of a kernel module.
/// Follows Documentation/bpf/btf.rst of the kernel.
/// </summary>
/// <remarks>
/// The bytes are kept and every type is decoded when it is looked at; opening makes one pass that notes where types
/// start and how their names hash. The memory given must stay valid and unchanged as long as the file is used. Reading
/// is thread-safe. Fields inside a type (ids, name offsets) are checked when they are read: malformed data ends in a
/// <see cref="BpfFormatException"/> then.
/// </remarks>
public sealed class BtfFile
{
    // void has no record in the file; this one has no name, the kind 0 and no target.
    private static readonly byte[] s_void = new byte[BtfNative.sizeof_btf_type];

    private readonly ByteView _types;
    private readonly StringTable _strings;
    private readonly BtfTypeIndex _index;
    private uint _pointerSize;

    private BtfFile(ReadOnlyMemory<byte> data, string name, BtfFile? baseFile, in BtfLayout layout)
    {
        Data = data;
        Name = name;
        Base = baseFile;
        _types = layout.Types;
        _strings = layout.Strings;
        FirstId = baseFile?.TypeCount ?? 1;
        FirstString = baseFile?.StringEnd ?? 0;
        _index = BtfTypeScanner.Scan(_types, _strings.Span, baseFile);
    }

    /// <summary>Name of the input, for messages.</summary>
    public string Name { get; }

    /// <summary>Name of a module whose types these are: the last part of <see cref="Name"/>.</summary>
    internal string ShortName => Path.GetFileName(Name);

    /// <summary>The BTF that this one extends (that of vmlinux, for a module), or null.</summary>
    public BtfFile? Base { get; }

    /// <summary>The raw bytes, header included; only this file's own part when there is a <see cref="Base"/>.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>One more than the highest type id; ids of the base and <c>void</c> included.</summary>
    public int TypeCount => FirstId + _index.Count;

    /// <summary>
    /// The lowest id of the types that this file itself holds: 1, or the base's <see cref="TypeCount"/>.
    /// </summary>
    public int FirstId { get; }

    /// <summary>Types of this file, without those of its base and without <c>void</c>, in id order.</summary>
    public BtfTypeList Types => new(this);

    /// <summary>Ids of this file's own types by name.</summary>
    internal BtfNames Names => new(this, _index);

    /// <summary>Offset of the type section within <see cref="Data"/>.</summary>
    internal int TypeSectionOffset => (int)_types.Origin;

    internal int TypeSectionLength => _types.Length;

    /// <summary>The type section.</summary>
    internal ReadOnlySpan<byte> TypeSection => _types.Span;

    /// <summary>Offset of the string section within <see cref="Data"/>.</summary>
    internal int StringSectionOffset => (int)_strings.Origin;

    internal int StringSectionLength => _strings.Length;

    /// <summary>The string section; it ends with a NUL.</summary>
    internal ReadOnlySpan<byte> StringSection => _strings.Span;

    /// <summary>Offset of this file's own first name: 0, or the first one past the names of the base.</summary>
    internal uint FirstString { get; }

    /// <summary>Size of a pointer in bytes: 8, but 4 for the types of a 32-bit kernel.</summary>
    internal uint PointerSize => _pointerSize != 0 ? _pointerSize : _pointerSize = BtfPointerSize.Of(this);

    /// <summary>One more than the highest offset of a name, the base's included.</summary>
    internal uint StringEnd => FirstString + (uint)_strings.Length;

    /// <summary>The type with the given id.</summary>
    /// <param name="id">An id below <see cref="TypeCount"/>.</param>
    /// <exception cref="BpfFormatException">
    /// There is no such type: an id read from the data is out of range.
    /// </exception>
    public BtfType this[BtfTypeId id] =>
        id.Value < (uint)TypeCount
            ? new BtfType(this, id, RecordOffset(id))
            : throw _types.Error(0, $"type id {id.Value} does not exist, the file has {TypeCount - 1} types");

    /// <summary>Reads raw BTF.</summary>
    /// <param name="data">The whole blob, beginning with <c>struct btf_header</c>; little-endian.</param>
    /// <param name="name">Name of the input, for messages.</param>
    /// <param name="baseFile">The BTF of vmlinux when <paramref name="data"/> is the split BTF of a module.</param>
    /// <exception cref="BpfFormatException">
    /// The data is no BTF, is cut off, or holds a kind that is not known.
    /// </exception>
    public static BtfFile Read(ReadOnlyMemory<byte> data, string name, BtfFile? baseFile = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Read(new ByteView(data, name), baseFile);
    }

    /// <summary>Looks for a type by its exact name (flavour suffix included) and kind.</summary>
    /// <param name="name">The name as in C, without <c>struct</c> or <c>enum</c>.</param>
    /// <param name="kind">The kind the type must have.</param>
    /// <param name="type">The type with the lowest id that fits.</param>
    /// <returns>False when no type fits.</returns>
    public bool TryFind(ReadOnlySpan<byte> name, BtfKind kind, out BtfType type)
    {
        if (Base is not null && Base.TryFind(name, kind, out type))
        {
            return true;
        }

        foreach (BtfTypeId id in Names.Find(BtfName.Essential(name)))
        {
            type = this[id];
            if (type.Kind == kind && type.NameBytes.SequenceEqual(name))
            {
                return true;
            }
        }

        type = default;
        return false;
    }

    /// <summary>Looks for a type by its exact name and kind.</summary>
    /// <inheritdoc cref="TryFind(ReadOnlySpan{byte}, BtfKind, out BtfType)"/>
    public bool TryFind(string name, BtfKind kind, out BtfType type) =>
        TryFind(Encoding.UTF8.GetBytes(name), kind, out type);

    internal static BtfFile Read(ByteView data, BtfFile? baseFile = null) =>
        new(data.Memory, data.Input, baseFile, BtfLayout.Read(data, baseFile));

    internal string StringText(uint offset) =>
        offset < FirstString
            ? Base!.StringText(offset)
            : _strings.Text(offset - FirstString, "a name in BTF");

    internal ReadOnlySpan<byte> StringBytes(uint offset) =>
        offset < FirstString
            ? Base!.StringBytes(offset)
            : _strings.Bytes(offset - FirstString, "a name in BTF");

    /// <summary>The record of a type, from <c>struct btf_type</c> to the end of the type section.</summary>
    /// <param name="id">The type.</param>
    /// <param name="offset">What <see cref="RecordOffset"/> gives for it.</param>
    internal ReadOnlySpan<byte> Record(BtfTypeId id, int offset) =>
        id.Value < (uint)FirstId
            ? Base is null ? s_void : Base.Record(id, offset)
            : _types.Span[offset..];

    /// <summary>An exception about a type, located at its record.</summary>
    internal BpfFormatException Error(BtfTypeId id, string problem)
    {
        if (id.Value < (uint)FirstId && Base is not null)
        {
            return Base.Error(id, problem);
        }

        int offset = id.IsVoid ? 0 : RecordOffset(id);
        return _types.Error(offset, $"type {id}: {problem}");
    }

    /// <summary>Offset of the record of a type within the type section of the file that holds it.</summary>
    internal int RecordOffset(BtfTypeId id) =>
        id.Value < (uint)FirstId
            ? Base?.RecordOffset(id) ?? 0
            : _index.OffsetOf(_types.Span, (int)id.Value - FirstId);
}
