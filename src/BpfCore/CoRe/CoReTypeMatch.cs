using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>
/// The strict comparison of <c>bpf_core_type_matches</c>: names, sizes and signs count, and every local member must be
/// found in the target (libbpf's <c>bpf_core_types_match</c>).
/// </summary>
internal sealed class CoReTypeMatch
{
    // The largest structures of a kernel take some thousand comparisons. Types made to that end, each holding two of
    // the next, would double them with every level.
    private const int MaximumComparisons = 1_000_000;

    private int _comparisons;

    /// <summary>Whether a target's type has everything that the local one has.</summary>
    /// <exception cref="CoReFault">The types nest too deeply, or take too many comparisons.</exception>
    public static bool Matches(BtfType local, BtfType target) =>
        new CoReTypeMatch().Matches(local, target, behindPointer: false, CoReCompatibility.MaximumDepth);

    // Behind a pointer composites are compared by name alone, which is what makes recursive types end.
    private bool Matches(BtfType local, BtfType target, bool behindPointer, int level)
    {
        if (++_comparisons > MaximumComparisons)
        {
            throw new CoReFault($"comparing the types takes more than {MaximumComparisons} steps");
        }

        for (int depth = 0; level > 0 && depth < CoReCompatibility.MaximumDepth; depth++)
        {
            local = local.SkipModifiersAndTypedefs();
            target = target.SkipModifiersAndTypedefs();
            if (!HaveSameName(local.NameBytes, target.NameBytes))
            {
                return false;
            }

            switch (local.Kind)
            {
                case BtfKind.Pointer when target.Kind == BtfKind.Pointer:
                    behindPointer = true;
                    local = local.Target;
                    target = target.Target;
                    break;
                case BtfKind.Array when target.Kind == BtfKind.Array && local.Array.Count == target.Array.Count:
                    local = local.File[local.Array.ElementTypeId];
                    target = target.File[target.Array.ElementTypeId];
                    break;
                case BtfKind.FunctionPrototype when target.Kind == BtfKind.FunctionPrototype
                    && MatchParameters(local, target, behindPointer, level):
                    local = local.Target;
                    target = target.Target;
                    break;
                default:
                    return MatchEnd(local, target, behindPointer, level);
            }
        }

        throw new CoReFault($"types nest deeper than {CoReCompatibility.MaximumDepth} levels");
    }

    private bool MatchEnd(BtfType local, BtfType target, bool behindPointer, int level) => local.Kind switch
    {
        BtfKind.Void => target.Kind == BtfKind.Void,
        BtfKind.Int => target.Kind == BtfKind.Int && local.Size == target.Size
            && local.IntEncoding.IsSigned == target.IntEncoding.IsSigned,
        BtfKind.Enum or BtfKind.Enum64 => target.IsEnum && MatchEnumerations(local, target),
        BtfKind.Forward => MatchForward(local, target, behindPointer),
        BtfKind.Struct or BtfKind.Union => behindPointer
            ? local.Kind == target.Kind || IsForwardOf(target, local.Kind)
            : local.Kind == target.Kind && MatchMembers(local, target, level),
        _ => false,
    };

    private static bool MatchForward(BtfType local, BtfType target, bool behindPointer) =>
        target.Kind == BtfKind.Forward
            ? local.KindFlag == target.KindFlag
            : behindPointer && IsForwardOf(local, target.Kind);

    // kind_flag tells what is declared: 0 a structure, 1 a union.
    private static bool IsForwardOf(BtfType declaration, BtfKind kind) =>
        declaration.Kind == BtfKind.Forward
        && kind == (declaration.KindFlag ? BtfKind.Union : BtfKind.Struct);

    private bool MatchParameters(BtfType local, BtfType target, bool behindPointer, int level)
    {
        if (local.ElementCount != target.ElementCount)
        {
            return false;
        }

        for (int i = 0; i < local.ElementCount; i++)
        {
            if (!Matches(local.Parameters[i].Type, target.Parameters[i].Type, behindPointer, level - 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchMembers(BtfType local, BtfType target, int level)
    {
        if (local.ElementCount > target.ElementCount)
        {
            return false;
        }

        foreach (BtfMember member in local.Members)
        {
            if (!HasMember(target, member, level))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasMember(BtfType target, BtfMember wanted, int level)
    {
        foreach (BtfMember member in target.Members)
        {
            if (HaveSameName(wanted.NameBytes, member.NameBytes)
                && Matches(wanted.Type, member.Type, behindPointer: false, level - 1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchEnumerations(BtfType local, BtfType target)
    {
        if (local.Size != target.Size || local.ElementCount > target.ElementCount)
        {
            return false;
        }

        foreach (BtfEnumValue value in local.EnumValues)
        {
            if (!HasValue(target, value.NameBytes))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasValue(BtfType target, ReadOnlySpan<byte> name)
    {
        foreach (BtfEnumValue value in target.EnumValues)
        {
            if (HaveSameName(name, value.NameBytes))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HaveSameName(ReadOnlySpan<byte> local, ReadOnlySpan<byte> target) =>
        BtfName.Essential(local).SequenceEqual(BtfName.Essential(target));
}
