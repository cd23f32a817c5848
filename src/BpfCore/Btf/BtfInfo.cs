using System.Runtime.CompilerServices;

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
    /// <remarks>
    /// From tables, as kinds follow each other in no order that a processor could guess and every type of a kernel is
    /// asked.
    /// </remarks>
    public long TrailingSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Kind is BtfKind.Void or > BtfKind.Enum64
            ? -1
            : FixedSizes[(int)RawKind] + ((long)Count * ElementSizes[(int)RawKind]);
    }

    // Indexed by BtfKind, whose names stand in front of the tables' rows.
    private static ReadOnlySpan<byte> FixedSizes =>
    [
        /* Void to Array */ 0, BtfNative.sizeof_btf_int, 0, BtfNative.sizeof_btf_array,
        /* Struct to Forward */ 0, 0, 0, 0,
        /* Typedef to Restrict */ 0, 0, 0, 0,
        /* Function to DataSection */ 0, 0, BtfNative.sizeof_btf_var, 0,
        /* Float to Enum64 */ 0, BtfNative.sizeof_btf_decl_tag, 0, 0,
    ];

    private static ReadOnlySpan<byte> ElementSizes =>
    [
        /* Void to Array */ 0, 0, 0, 0,
        /* Struct to Forward */
        BtfNative.sizeof_btf_member, BtfNative.sizeof_btf_member, BtfNative.sizeof_btf_enum, 0,
        /* Typedef to Restrict */ 0, 0, 0, 0,
        /* Function to DataSection */ 0, BtfNative.sizeof_btf_param, 0, BtfNative.sizeof_btf_var_secinfo,
        /* Float to Enum64 */ 0, 0, 0, BtfNative.sizeof_btf_enum64,
    ];
}
