using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A type of a <see cref="BtfFile"/>: a view that decodes <c>struct btf_type</c> when it is asked.</summary>
/// <remarks>Copying it is cheap; it stays valid as long as the file's memory does.</remarks>
public readonly partial struct BtfType : IEquatable<BtfType>
{
    private readonly int _offset;

    /// <param name="file">The file.</param>
    /// <param name="id">Number of the type in it.</param>
    /// <param name="offset">Where its record is: looked up once, as it takes a walk.</param>
    internal BtfType(BtfFile file, BtfTypeId id, int offset)
    {
        File = file;
        Id = id;
        _offset = offset;
    }

    /// <summary>The file through which the type was found. Targets are looked up in it.</summary>
    public BtfFile File { get; }

    /// <summary>Number of the type in <see cref="File"/>.</summary>
    public BtfTypeId Id { get; }

    /// <summary>Kind of the type.</summary>
    public BtfKind Kind => Info.Kind;

    /// <summary>Name as in C, flavour included; empty for an anonymous type.</summary>
    public string Name => File.StringText(Word(BtfNative.btf_type_name_off));

    /// <summary>Name in UTF-8, without a terminating NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => File.StringBytes(Word(BtfNative.btf_type_name_off));

    /// <summary>True when the type has no name.</summary>
    public bool IsAnonymous => Word(BtfNative.btf_type_name_off) == 0;

    /// <summary>
    /// Size in bytes of an integer, enumeration, structure, union, data section or floating-point number
    /// (<c>size</c> of <c>struct btf_type</c>). Meaningless for other kinds: see <see cref="ResolveSize()"/>.
    /// </summary>
    public uint Size => Word(BtfNative.btf_type_size);

    /// <summary>
    /// Id of the type that this one points to, names, qualifies or tags (<c>type</c> of <c>struct btf_type</c>);
    /// of the return type for a function prototype, of the prototype for a function.
    /// </summary>
    public BtfTypeId TargetId => new(Word(BtfNative.btf_type_size));

    /// <summary>The type with the id <see cref="TargetId"/>.</summary>
    public BtfType Target => File[TargetId];

    /// <summary>Number of members, values, parameters or variables (<c>vlen</c>).</summary>
    public int ElementCount => Info.Count;

    /// <summary>
    /// The flag <c>kind_flag</c>: a structure has bitfields encoded with their size, an enumeration is signed, a
    /// forward declaration is one of a union.
    /// </summary>
    public bool KindFlag => Info.KindFlag;

    /// <summary>True for a structure or union.</summary>
    public bool IsComposite => Kind is BtfKind.Struct or BtfKind.Union;

    /// <summary>True for an enumeration of either width.</summary>
    public bool IsEnum => Kind is BtfKind.Enum or BtfKind.Enum64;

    /// <summary>True for <c>const</c>, <c>volatile</c>, <c>restrict</c> and type tags.</summary>
    public bool IsModifier =>
        Kind is BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag;

    internal BtfInfo Info => new(Word(BtfNative.btf_type_info));

    /// <inheritdoc/>
    public bool Equals(BtfType other) => ReferenceEquals(File, other.File) && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BtfType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Id);

    /// <summary>Kind, id and name, for messages.</summary>
    public override string ToString() => $"{Id} {Kind} {(IsAnonymous ? "(anon)" : Name)}";

    /// <summary>True when both are the same type of the same file.</summary>
    public static bool operator ==(BtfType left, BtfType right) => left.Equals(right);

    /// <summary>True when they are different types.</summary>
    public static bool operator !=(BtfType left, BtfType right) => !left.Equals(right);

    internal BpfFormatException Error(string problem) => File.Error(Id, problem);

    /// <summary>From <c>struct btf_type</c> to the end of the type section.</summary>
    internal ReadOnlySpan<byte> Record => File.Record(Id, _offset);

    /// <summary>The bytes after <c>struct btf_type</c>; the scanner proved that they are there.</summary>
    internal ReadOnlySpan<byte> Trailing => Record[BtfNative.sizeof_btf_type..];

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Record[offset..]);
}
