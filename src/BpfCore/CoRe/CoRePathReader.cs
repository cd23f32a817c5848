using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>
/// Resolves a relocation's access string on the object's own types (libbpf's <c>bpf_core_parse_spec</c>).
/// </summary>
internal static class CoRePathReader
{
    /// <summary>Fills <paramref name="path"/> from a record.</summary>
    /// <exception cref="CoReFault">The string does not fit the kind or the type.</exception>
    /// <exception cref="BpfFormatException">The BTF is damaged.</exception>
    public static void Read(BtfFile types, in CoReRelocation relocation, CoRePath path)
    {
        BtfType root = types[relocation.TypeId];
        path.Start(root, relocation.Kind, types.StringBytes(relocation.AccessOffset));
        if (relocation.Kind.IsTypeBased())
        {
            CheckTypeAccess(types.StringBytes(relocation.AccessOffset));
        }
        else if (relocation.Kind.IsEnumValueBased())
        {
            ReadEnumValue(path, root.SkipModifiersAndTypedefs());
        }
        else if (relocation.Kind.IsFieldBased())
        {
            ReadField(path, root.SkipModifiersAndTypedefs());
        }
        else
        {
            throw new CoReFault("this kind of relocation is not known; a newer BpfCore may know it");
        }
    }

    private static void CheckTypeAccess(ReadOnlySpan<byte> accessor)
    {
        if (!accessor.SequenceEqual("0"u8))
        {
            throw new CoReFault("the access string of a type relocation must be 0");
        }
    }

    private static void ReadEnumValue(CoRePath path, BtfType type)
    {
        int index = path.Indexes[0];
        if (!type.IsEnum || path.Indexes.Length > 1 || index >= type.ElementCount)
        {
            throw new CoReFault($"the access string names no value of {CoReText.Describe(type)}");
        }

        path.AddStep(new CoReStep(type.Id, index, IsNamed: true));
    }

    private static void ReadField(CoRePath path, BtfType type)
    {
        path.AddStep(new CoReStep(type.Id, path.Indexes[0], IsNamed: false));
        path.Advance(type, path.Indexes[0]);
        foreach (int index in path.Indexes[1..])
        {
            type = type.Kind switch
            {
                BtfKind.Struct or BtfKind.Union => ReadMember(path, type, index),
                BtfKind.Array => ReadElement(path, type.Array, index),
                _ => throw new CoReFault($"the access string goes into {CoReText.Describe(type)}, which has no parts"),
            };
        }
    }

    private static BtfType ReadMember(CoRePath path, BtfType type, int index)
    {
        if (index >= type.ElementCount)
        {
            throw new CoReFault($"{CoReText.Describe(type)} has no member {index}");
        }

        BtfMember member = type.Members[index];
        path.BitOffset = unchecked(path.BitOffset + member.BitOffset);
        if (!member.IsAnonymous)
        {
            path.AddStep(new CoReStep(type.Id, index, IsNamed: true));
        }

        return member.Type.SkipModifiersAndTypedefs();
    }

    private static BtfType ReadElement(CoRePath path, BtfArray array, int index)
    {
        if ((uint)index >= array.Count && !path.EndsInFlexibleArray(array))
        {
            throw new CoReFault($"the access string takes element {index} of an array of {array.Count}");
        }

        BtfType element = path.File[array.ElementTypeId].SkipModifiersAndTypedefs();
        path.AddStep(new CoReStep(element.Id, index, IsNamed: false));
        path.Advance(element, index);
        return element;
    }
}
