namespace BpfCore.Btf.CSyntax;

/// <summary>Where a member lies and what C needs to know to put it there.</summary>
/// <param name="BitOffset">Offset of its first bit from the start of the structure.</param>
/// <param name="BitSize">Number of its bits.</param>
/// <param name="UnitBits">Bits of its declared type; a bitfield does not cross a border between two such units.</param>
/// <param name="Alignment">Alignment of its declared type in bytes.</param>
/// <param name="IsBitfield">True for a bitfield.</param>
internal readonly record struct MemberPlace(
    ulong BitOffset, ulong BitSize, ulong UnitBits, ulong Alignment, bool IsBitfield)
{
    /// <summary>The first bit behind it.</summary>
    public ulong End => BitOffset + BitSize;

    /// <summary>True when C can put it at its offset in a structure that is not packed.</summary>
    public bool IsNatural => IsBitfield
        ? (BitOffset % UnitBits) + BitSize <= UnitBits
        : BitOffset % (Alignment * 8) == 0;

    /// <summary>Where C puts it when the members before it end at a given bit.</summary>
    /// <param name="cursor">The first free bit.</param>
    /// <param name="isPacked">Whether the structure is packed.</param>
    public ulong NaturalOffset(ulong cursor, bool isPacked)
    {
        if (!IsBitfield)
        {
            return RoundUp(cursor, isPacked ? 8 : Alignment * 8);
        }

        return isPacked || (cursor % UnitBits) + BitSize <= UnitBits ? cursor : RoundUp(cursor, Alignment * 8);
    }

    /// <summary>The next multiple of a number of bits.</summary>
    public static ulong RoundUp(ulong bits, ulong multiple) => (bits + multiple - 1) / multiple * multiple;
}
