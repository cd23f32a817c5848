namespace BpfCore.Btf;

/// <summary>The word <c>info</c> of <c>struct btf_type</c>.</summary>
/// <remarks>
/// <code>
///  31  30        24 23                                              0
/// +---+------------+-------------------------------------------------+
/// |kfl|    kind    |                      vlen                       |
/// +---+------------+-------------------------------------------------+
/// </code>
/// Kernels before 7.x use 16 bits of vlen and 5 of kind and keep the others zero, so one mask reads both.
/// </remarks>
internal readonly record struct BtfInfo(uint Word)
{
    private const int KindShift = 24;
    private const uint KindMask = 0x7F;
    private const uint CountMask = 0x00FF_FFFF;
    private const uint FlagMask = 0x8000_0000;

    public uint RawKind => (Word >> KindShift) & KindMask;

    public BtfKind Kind => (BtfKind)RawKind;

    public int Count => (int)(Word & CountMask);

    public bool KindFlag => (Word & FlagMask) != 0;

    public static BtfInfo Create(BtfKind kind, int count, bool kindFlag) =>
        new(((uint)kind << KindShift) | ((uint)count & CountMask) | (kindFlag ? FlagMask : 0));

    /// <summary>Bytes that follow <c>struct btf_type</c>, or -1 for a kind that this library does not know.</summary>
    public long TrailingSize => Kind switch
    {
        BtfKind.Int => BtfNative.sizeof_btf_int,
        BtfKind.Array => BtfNative.sizeof_btf_array,
        BtfKind.Struct or BtfKind.Union => (long)Count * BtfNative.sizeof_btf_member,
        BtfKind.Enum => (long)Count * BtfNative.sizeof_btf_enum,
        BtfKind.Enum64 => (long)Count * BtfNative.sizeof_btf_enum64,
        BtfKind.FunctionPrototype => (long)Count * BtfNative.sizeof_btf_param,
        BtfKind.Variable => BtfNative.sizeof_btf_var,
        BtfKind.DataSection => (long)Count * BtfNative.sizeof_btf_var_secinfo,
        BtfKind.DeclarationTag => BtfNative.sizeof_btf_decl_tag,
        BtfKind.Void or > BtfKind.Enum64 => -1,
        _ => 0,
    };
}
