namespace BpfCore.Btf;

/// <summary>The word that follows an integer type (<c>BTF_INT_ENCODING</c>, <c>_OFFSET</c>, <c>_BITS</c>).</summary>
/// <remarks>
/// <code>
///  31     28 27      24 23             16 15              8 7               0
/// +---------+----------+-----------------+-----------------+-----------------+
/// |    0    | encoding |   bit offset    |        0        |      bits       |
/// +---------+----------+-----------------+-----------------+-----------------+
/// encoding: 1 signed, 2 char, 4 bool
/// </code>
/// </remarks>
/// <param name="Word">The word itself.</param>
public readonly record struct BtfIntEncoding(uint Word)
{
    /// <summary>True for a signed integer (<c>BTF_INT_SIGNED</c>).</summary>
    public bool IsSigned => (Word & 0x0100_0000) != 0;

    /// <summary>True for a character (<c>BTF_INT_CHAR</c>).</summary>
    public bool IsCharacter => (Word & 0x0200_0000) != 0;

    /// <summary>True for a boolean (<c>BTF_INT_BOOL</c>).</summary>
    public bool IsBoolean => (Word & 0x0400_0000) != 0;

    /// <summary>Offset of the value's first bit; other than 0 only for old-style bitfields.</summary>
    public uint BitOffset => (Word >> 16) & 0xFF;

    /// <summary>Number of bits of the value.</summary>
    public uint Bits => Word & 0xFF;
}
