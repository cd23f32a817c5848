using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>
/// When a target's type may stand for a local one: a field's type (libbpf's <c>bpf_core_fields_are_compat</c>) and a
/// whole type (<c>bpf_core_types_are_compat</c>).
/// </summary>
internal static class CoReCompatibility
{
    /// <summary>libbpf's limit for chains of pointers, arrays and return types, and for nested prototypes.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Equal kinds; an enumeration of either width passes for the other.</summary>
    public static bool SameKind(BtfType local, BtfType target) =>
        local.Kind == target.Kind || (local.IsEnum && target.IsEnum);

    /// <summary>Whether a target's field can be read as if it were the local one.</summary>
    /// <remarks>
    /// Lenient, because the value is converted anyway: signedness and size of integers, lengths of arrays and what
    /// pointers point to do not count.
    /// </remarks>
    public static bool AreFieldsCompatible(BtfType local, BtfType target)
    {
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            local = local.SkipModifiersAndTypedefs();
            target = target.SkipModifiersAndTypedefs();
            if (local.Kind != BtfKind.Array || target.Kind != BtfKind.Array)
            {
                return AreScalarsOrCompositesCompatible(local, target);
            }

            local = local.File[local.Array.ElementTypeId];
            target = target.File[target.Array.ElementTypeId];
        }

        throw new CoReFault($"arrays nest deeper than {MaximumDepth} levels");
    }

    /// <summary>Whether a target's type exists in the sense of <c>bpf_core_type_exists</c>.</summary>
    public static bool AreTypesCompatible(BtfType local, BtfType target) =>
        AreTypesCompatible(local, target, MaximumDepth);

    private static bool AreScalarsOrCompositesCompatible(BtfType local, BtfType target)
    {
        if (local.IsComposite && target.IsComposite)
        {
            return true;
        }

        return SameKind(local, target) && local.Kind switch
        {
            BtfKind.Pointer or BtfKind.Float => true,
            BtfKind.Forward or BtfKind.Enum or BtfKind.Enum64 => AreNamesCompatible(local, target),
            BtfKind.Int => AreWholeIntegers(local, target),
            _ => false,
        };
    }

    private static bool AreNamesCompatible(BtfType local, BtfType target)
    {
        ReadOnlySpan<byte> localName = BtfName.Essential(local.NameBytes);
        ReadOnlySpan<byte> targetName = BtfName.Essential(target.NameBytes);
        return localName.IsEmpty || targetName.IsEmpty || localName.SequenceEqual(targetName);
    }

    // Integers with an offset are bitfields of the time before BTF had a better way to tell them.
    private static bool AreWholeIntegers(BtfType local, BtfType target) =>
        local.IntEncoding.BitOffset == 0 && target.IntEncoding.BitOffset == 0;

    private static bool AreTypesCompatible(BtfType local, BtfType target, int level)
    {
        if (!SameKind(local, target))
        {
            return false;
        }

        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            local = local.SkipModifiersAndTypedefs();
            target = target.SkipModifiersAndTypedefs();
            if (!SameKind(local, target))
            {
                return false;
            }

            switch (local.Kind)
            {
                case BtfKind.Void or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64
                    or BtfKind.Forward:
                    return true;
                case BtfKind.Int:
                    return AreWholeIntegers(local, target);
                case BtfKind.FunctionPrototype when !AreParametersCompatible(local, target, level):
                    return false;
                case BtfKind.Pointer or BtfKind.Array or BtfKind.FunctionPrototype:
                    local = Inner(local);
                    target = Inner(target);
                    break;
                default:
                    return false;
            }
        }

        throw new CoReFault($"types nest deeper than {MaximumDepth} levels");
    }

    private static BtfType Inner(BtfType type) =>
        type.Kind == BtfKind.Array ? type.File[type.Array.ElementTypeId] : type.Target;

    private static bool AreParametersCompatible(BtfType local, BtfType target, int level)
    {
        if (local.ElementCount != target.ElementCount)
        {
            return false;
        }

        for (int i = 0; i < local.ElementCount; i++)
        {
            if (level <= 0)
            {
                throw new CoReFault($"function prototypes nest deeper than {MaximumDepth} levels");
            }

            BtfType localParameter = local.Parameters[i].Type.SkipModifiersAndTypedefs();
            BtfType targetParameter = target.Parameters[i].Type.SkipModifiersAndTypedefs();
            if (!AreTypesCompatible(localParameter, targetParameter, level - 1))
            {
                return false;
            }
        }

        return true;
    }
}
