using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Reads the structure that defines a map: <c>__uint(name, v)</c> is a pointer to an array of v elements,
/// <c>__type(name, t)</c> a pointer to t, <c>__ulong(name, v)</c> an enumeration with the one value v.
/// </summary>
internal sealed class MapDefinitionReader(MapSpec map, ElfSection section)
{
    private const uint PinByName = 1;

    public void Read(BtfType definition)
    {
        foreach (BtfMember member in definition.Members)
        {
            ReadMember(member);
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
                throw Error("initial `values` (maps in maps, program arrays) are not supported yet");
            default:
                throw Error($"unknown field `{member.Name}`");
        }
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
        BtfType pointer = member.Type.SkipModifiersAndTypedefs();
        BtfType value = pointer.Kind == BtfKind.Pointer ? pointer.Target.SkipModifiersAndTypedefs() : pointer;
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

    private uint Pinning(uint value) => value <= PinByName
        ? value
        : throw Error($"pinning {value}, expected 0 (not at all) or {PinByName} (LIBBPF_PIN_BY_NAME)");

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
