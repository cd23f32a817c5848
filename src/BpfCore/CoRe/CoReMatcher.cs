using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>Follows a local path on a candidate of the target (libbpf's <c>bpf_core_spec_match</c>).</summary>
internal static class CoReMatcher
{
    /// <summary>Looks for what <paramref name="local"/> tells in <paramref name="candidate"/>.</summary>
    /// <param name="local">The path in the object's own types.</param>
    /// <param name="candidate">A type of the target with the same name.</param>
    /// <param name="target">Receives the path in the candidate; meaningless when the method returns false.</param>
    /// <returns>False when the candidate does not have it.</returns>
    /// <exception cref="CoReFault">The comparison cannot be finished; libbpf gives up the object then, too.</exception>
    public static bool TryMatch(CoRePath local, BtfType candidate, CoRePath target)
    {
        target.Start(candidate, local.Kind);
        if (local.Kind == CoReRelocationKind.TypeMatches)
        {
            return CoReTypeMatch.Matches(local.Root, candidate);
        }

        if (local.Kind.IsTypeBased())
        {
            return CoReCompatibility.AreTypesCompatible(local.Root, candidate);
        }

        return local.Kind.IsEnumValueBased()
            ? TryMatchEnumValue(local, candidate.SkipModifiersAndTypedefs(), target)
            : TryMatchField(local, candidate, target);
    }

    private static bool TryMatchEnumValue(CoRePath local, BtfType candidate, CoRePath target)
    {
        if (!candidate.IsEnum)
        {
            return false;
        }

        CoReStep step = local.Steps[0];
        ReadOnlySpan<byte> name = BtfName.Essential(local.File[step.TypeId].EnumValues[step.Index].NameBytes);
        for (int i = 0; i < candidate.ElementCount; i++)
        {
            if (BtfName.Essential(candidate.EnumValues[i].NameBytes).SequenceEqual(name))
            {
                target.AddStep(new CoReStep(candidate.Id, i, IsNamed: true));
                target.AddIndex(i);
                return true;
            }
        }

        return false;
    }

    private static bool TryMatchField(CoRePath local, BtfType candidate, CoRePath target)
    {
        BtfType type = candidate.SkipModifiersAndTypedefs();
        TakeElement(target, type, local.Steps[0].Index);
        foreach (CoReStep step in local.Steps[1..])
        {
            bool found = step.IsNamed
                ? TryMatchMember(local.File[step.TypeId].Members[step.Index], ref type, target)
                : TryMatchElement(step.Index, ref type, target);
            if (!found)
            {
                return false;
            }

            type = type.SkipModifiersAndTypedefs();
        }

        return true;
    }

    private static bool TryMatchElement(int index, ref BtfType type, CoRePath target)
    {
        if (type.Kind != BtfKind.Array)
        {
            return false;
        }

        BtfArray array = type.Array;
        if ((uint)index >= array.Count && !target.EndsInFlexibleArray(array))
        {
            return false;
        }

        type = type.File[array.ElementTypeId].SkipModifiersAndTypedefs();
        TakeElement(target, type, index);
        return true;
    }

    private static void TakeElement(CoRePath target, BtfType element, int index)
    {
        target.AddIndex(index);
        target.AddStep(new CoReStep(element.Id, index, IsNamed: false));
        target.Advance(element, index);
    }

    // A member of this name decides at once: when its type does not fit, no further one is looked at.
    private static bool TryMatchMember(BtfMember wanted, ref BtfType type, CoRePath target) =>
        type.IsComposite && SearchMember(wanted, ref type, target) == MemberSearch.Found;

    private static MemberSearch SearchMember(BtfMember wanted, ref BtfType type, CoRePath target)
    {
        uint start = target.BitOffset;
        for (int i = 0; i < type.ElementCount; i++)
        {
            BtfMember member = type.Members[i];
            target.AddIndex(i);
            target.BitOffset = unchecked(start + member.BitOffset);
            MemberSearch result = member.NameBytes.IsEmpty
                ? SearchAnonymous(wanted, member, ref type, target)
                : TryTake(wanted, member, ref type, new CoReStep(type.Id, i, IsNamed: true), target);
            if (result == MemberSearch.Found)
            {
                return result;
            }

            target.RemoveIndex();
            target.BitOffset = start;
            if (result == MemberSearch.Incompatible)
            {
                return result;
            }
        }

        return MemberSearch.Absent;
    }

    private static MemberSearch SearchAnonymous(
        BtfMember wanted, BtfMember member, ref BtfType type, CoRePath target)
    {
        BtfType inner = member.Type.SkipModifiersAndTypedefs();
        MemberSearch result = inner.IsComposite ? SearchMember(wanted, ref inner, target) : MemberSearch.Absent;
        if (result == MemberSearch.Found)
        {
            type = inner;
        }

        return result;
    }

    private static MemberSearch TryTake(
        BtfMember wanted, BtfMember member, ref BtfType type, CoReStep step, CoRePath target)
    {
        // Flavours belong to type names; those of fields are compared as they are.
        if (!member.NameBytes.SequenceEqual(wanted.NameBytes))
        {
            return MemberSearch.Absent;
        }

        if (!CoReCompatibility.AreFieldsCompatible(wanted.Type, member.Type))
        {
            return MemberSearch.Incompatible;
        }

        target.AddStep(step);
        type = member.Type;
        return MemberSearch.Found;
    }

    private enum MemberSearch
    {
        Absent,
        Incompatible,
        Found,
    }
}
