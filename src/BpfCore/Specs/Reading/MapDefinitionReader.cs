using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Reads the structure that defines a map: <c>__uint(name, v)</c> is a pointer to an array of v elements,
/// <c>__type(name, t)</c> a pointer to t, <c>__ulong(name, v)</c> an enumeration with the one value v,
/// <c>__array(values, t)</c> an array of no pointers to t.
/// </summary>
internal sealed class MapDefinitionReader(MapSpec map, ElfSection section, MapLevel level)
{
    private const uint PinByName = 1;
    private const uint DescriptorSize = sizeof(int);

    public void Read(BtfType definition)
    {
        BtfElementList<BtfMember> members = definition.Members;
        for (int index = 0; index < members.Count; index++)
        {
            if (members[index].Name == "values" && index != members.Count - 1)
            {
                throw Error("field `values` must be the last one");
            }

            ReadMember(members[index]);
        }

        if (map.Type == MapType.Unspecified)
        {
            throw Error("no type; add __uint(type, BPF_MAP_TYPE_…)");
        }
    }

    private void ReadMember(BtfMember member)
    {
        switch (member.Name)
        {
            case "type":
                map.Type = (MapType)Number(member);
                break;
            case "max_entries":
                map.MaxEntries = Number(member);
                break;
            case "map_flags":
                map.Flags = Number(member);
                break;
            case "numa_node":
                map.NumaNode = Number(member);
                break;
            case "map_extra":
                map.Extra = LongNumber(member);
                break;
            case "pinning":
                map.Pinning = Pinning(Number(member));
                break;
            case "key_size":
                map.KeySize = Agree("key", map.KeySize, Number(member));
                break;
            case "value_size":
                map.ValueSize = Agree("value", map.ValueSize, Number(member));
                break;
            case "key":
                map.KeyTypeId = TypeOf(member, out uint keySize);
                map.KeySize = Agree("key", map.KeySize, keySize);
                break;
            case "value":
                map.ValueTypeId = TypeOf(member, out uint valueSize);
                map.ValueSize = Agree("value", map.ValueSize, valueSize);
                break;
            case "values":
                ReadValues(member);
                break;
            default:
                throw Error($"unknown field `{member.Name}`");
        }
    }

    // The kernel's values are descriptors. What they stand for is in the type; which ones, in the relocations.
    private void ReadValues(BtfMember member)
    {
        if (level == MapLevel.Inner)
        {
            throw Error("a map inside a map holds no maps or programs itself");
        }

        if (map.Type is not (MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.ProgramArray))
        {
            throw Error($"field `values` is for maps of maps and program arrays, not for {map.Type}");
        }

        map.ValueSize = Agree("value", map.ValueSize, DescriptorSize);
        BtfType value = ValueOf(member);
        if (map.Type != MapType.ProgramArray)
        {
            map.Inner = ReadInner(value);
        }
        else if (value.Kind != BtfKind.FunctionPrototype)
        {
            throw Error($"the values of a program array are {value}, expected functions");
        }
    }

    private BtfType ValueOf(BtfMember member)
    {
        BtfType array = member.Type;
        if (array.Kind != BtfKind.Array || array.Array.Count != 0)
        {
            throw Error($"field `values` is {array}, expected an array of unknown length: __array(values, …)");
        }

        BtfType pointer = array.File[array.Array.ElementTypeId].SkipModifiersAndTypedefs();
        return pointer.Kind == BtfKind.Pointer
            ? pointer.Target.SkipModifiersAndTypedefs()
            : throw Error($"the elements of `values` are {pointer}, expected pointers");
    }

    private MapSpec ReadInner(BtfType definition)
    {
        if (definition.Kind != BtfKind.Struct)
        {
            throw Error($"the maps inside it are defined by {definition}, expected a structure");
        }

        MapSpec inner = new($"{map.Name}.inner", map.SectionName, MapType.Unspecified)
        {
            SectionIndex = map.SectionIndex,
            SectionOffset = map.SectionOffset,
        };
        new MapDefinitionReader(inner, section, MapLevel.Inner).Read(definition);
        return inner;
    }

    private uint Number(BtfMember member)
    {
        BtfType pointer = member.Type.SkipModifiersAndTypedefs();
        if (pointer.Kind == BtfKind.Pointer)
        {
            BtfType array = pointer.Target.SkipModifiersAndTypedefs();
            if (array.Kind == BtfKind.Array)
            {
                return array.Array.Count;
            }
        }

        throw Error($"field `{member.Name}` is {pointer}, expected a number: __uint({member.Name}, …)");
    }

    private ulong LongNumber(BtfMember member)
    {
        BtfType value = member.Type.SkipModifiersAndTypedefs();
        return value.IsEnum && value.EnumValues.Count == 1 ? value.EnumValues[0].Value : Number(member);
    }

    private BtfTypeId TypeOf(BtfMember member, out uint size)
    {
        BtfType pointer = member.Type.SkipModifiersAndTypedefs();
        if (pointer.Kind != BtfKind.Pointer)
        {
            throw Error($"field `{member.Name}` is {pointer}, expected a type: __type({member.Name}, …)");
        }

        if (!pointer.Target.TryResolveSize(out size))
        {
            throw Error($"the type of field `{member.Name}`, {pointer.Target}, has no size");
        }

        return pointer.TargetId;
    }

    private uint Pinning(uint value)
    {
        if (level == MapLevel.Inner)
        {
            throw Error("a map inside a map cannot be pinned");
        }

        return value <= PinByName
            ? value
            : throw Error($"pinning {value}, expected 0 (not at all) or {PinByName} (LIBBPF_PIN_BY_NAME)");
    }

    // A size may be given twice, by type and by number, but only once with each value.
    private uint Agree(string what, uint known, uint size)
    {
        if (known != 0 && known != size)
        {
            throw Error($"conflicting {what} sizes {known} and {size}");
        }

        return size;
    }

    private BpfFormatException Error(string problem) =>
        section.Error((long)map.SectionOffset, $"map {map.Name}: {problem}");
}
