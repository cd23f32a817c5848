namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Finds out which attributes a structure was declared with. BTF tells offsets only: a structure is packed when a
/// member lies where its type's alignment would not let it, or when its size is no multiple of its alignment.
/// </summary>
internal sealed class TypeLayout(WriterLimits limits)
{
    // That of __int128, the widest type that C for BPF knows.
    private const uint MaximumAlignment = 16;

    private readonly Dictionary<BtfTypeId, (ulong Alignment, bool IsPacked)> _composites = [];

    /// <summary>Alignment of a structure or union as it is written, in bytes.</summary>
    public ulong AlignmentOf(BtfType composite) => Of(composite, level: 0).Alignment;

    /// <summary>Whether a structure or union is to be written as packed.</summary>
    public bool IsPacked(BtfType composite) => Of(composite, level: 0).IsPacked;

    /// <summary>Where a member lies.</summary>
    public MemberPlace PlaceOf(BtfMember member) => PlaceOf(member, level: 0);

    private MemberPlace PlaceOf(BtfMember member, int level)
    {
        BtfType type = member.Type;
        BtfType resolved = type.SkipModifiersAndTypedefs();
        ulong typeBits = type.TryResolveSize(out uint size) ? size * 8UL : 0;
        ulong alignment = AlignmentOf(type, level);
        if (member.BitfieldSize > 0)
        {
            return new MemberPlace(member.BitOffset, member.BitfieldSize, Math.Max(typeBits, 8), alignment, true);
        }

        // Bitfields of the time before BTF had a better way to tell them: the integer's encoding has their size.
        if (resolved.Kind == BtfKind.Int && resolved.IntEncoding is var encoding && encoding.Bits < typeBits)
        {
            return new MemberPlace(
                (ulong)member.BitOffset + encoding.BitOffset, encoding.Bits, typeBits, alignment, true);
        }

        return new MemberPlace(member.BitOffset, typeBits, Math.Max(typeBits, 8), alignment, false);
    }

    private ulong AlignmentOf(BtfType type, int level)
    {
        limits.Check(type, level);
        type = type.SkipModifiersAndTypedefs();
        return type.Kind switch
        {
            BtfKind.Array => AlignmentOf(type.File[type.Array.ElementTypeId], level + 1),
            BtfKind.Struct or BtfKind.Union => Of(type, level + 1).Alignment,
            BtfKind.Pointer => type.File.PointerSize,
            BtfKind.Int or BtfKind.Float or BtfKind.Enum or BtfKind.Enum64 =>
                Math.Clamp(type.Size, 1, MaximumAlignment),
            _ => 1,
        };
    }

    private (ulong Alignment, bool IsPacked) Of(BtfType composite, int level)
    {
        if (!_composites.TryGetValue(composite.Id, out (ulong Alignment, bool IsPacked) layout))
        {
            limits.Check(composite, level);
            ulong alignment = 1;
            foreach (BtfMember member in composite.Members)
            {
                alignment = Math.Max(alignment, PlaceOf(member, level + 1).Alignment);
            }

            bool isPacked = MustBePacked(composite, alignment, level);
            layout = (isPacked ? 1 : alignment, isPacked);
            _composites.Add(composite.Id, layout);
        }

        return layout;
    }

    private bool MustBePacked(BtfType composite, ulong alignment, int level)
    {
        ulong end = 0;
        foreach (BtfMember member in composite.Members)
        {
            MemberPlace place = PlaceOf(member, level + 1);
            if (!place.IsNatural || (composite.Kind == BtfKind.Struct && place.BitOffset < end))
            {
                return true;
            }

            end = Math.Max(end, place.End);
        }

        return composite.Size % alignment != 0 || MemberPlace.RoundUp(end, alignment * 8) > composite.Size * 8UL;
    }
}
