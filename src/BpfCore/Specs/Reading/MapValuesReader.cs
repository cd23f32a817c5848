using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Reads what maps of maps and program arrays are filled with: a relocation of <c>.maps</c> for each element of
/// <c>values</c> (libbpf's <c>bpf_object__collect_map_relos</c>).
/// </summary>
internal sealed class MapValuesReader(BpfObjectSpec spec, ElfSection section)
{
    private const uint PointerSize = 8;

    private readonly List<Place> _places = [];

    public static void Read(BpfObjectSpec spec)
    {
        if (spec.Elf.FindSection(".maps") is not { } section || spec.Types is null)
        {
            return;
        }

        MapValuesReader reader = new(spec, section);
        foreach (ElfSection table in spec.Elf.Sections)
        {
            if (table.Kind == ElfSectionKind.Relocation && table.Info == (uint)section.Index)
            {
                reader.ReadTable(table);
            }
        }
    }

    private void ReadTable(ElfSection table)
    {
        CollectPlaces();
        foreach (ElfRelocation relocation in spec.Elf.RelocationsIn(table))
        {
            Place place = FindPlace(relocation.Offset);
            ElfSymbol symbol = spec.Elf.SymbolTable[relocation.SymbolIndex];
            uint key = KeyOf(place, relocation.Offset);
            if (place.Map.Type == MapType.ProgramArray)
            {
                place.Map.InitialPrograms[key] = ProgramOf(symbol, relocation.Offset);
            }
            else
            {
                place.Map.InitialMaps[key] = InnerMapOf(place.Map, symbol, relocation.Offset);
            }
        }
    }

    private void CollectPlaces()
    {
        if (_places.Count > 0 || !spec.Types!.TryFind(".maps", BtfKind.DataSection, out BtfType types))
        {
            return;
        }

        foreach (BtfSectionVariable variable in types.SectionVariables)
        {
            if (spec.Maps.TryGet(variable.Variable.Name, out MapSpec? map))
            {
                BtfType definition = variable.Variable.Target.SkipModifiersAndTypedefs();
                _places.Add(new Place(map, variable.Offset, variable.Size, ValuesOffset(definition)));
            }
        }
    }

    private static uint? ValuesOffset(BtfType definition)
    {
        int last = definition.Members.Count - 1;
        return last >= 0 && definition.Members[last].Name == "values" ? definition.Members[last].BitOffset / 8 : null;
    }

    private Place FindPlace(ulong offset)
    {
        foreach (Place place in _places)
        {
            if (place.Size >= PointerSize && offset >= place.Offset
                && offset - place.Offset <= place.Size - PointerSize)
            {
                return place;
            }
        }

        throw Error(offset, "a relocation lies in no map");
    }

    private uint KeyOf(Place place, ulong offset)
    {
        if (place.ValuesOffset is not { } values || offset - place.Offset < values)
        {
            throw Error(offset, $"map {place.Map.Name} has a relocation outside of `values`");
        }

        ulong distance = offset - place.Offset - values;
        return distance % PointerSize == 0
            ? (uint)(distance / PointerSize)
            : throw Error(offset, $"map {place.Map.Name} has a relocation inside an element of `values`");
    }

    private MapSpec InnerMapOf(MapSpec outer, ElfSymbol symbol, ulong offset)
    {
        if (outer.Type == MapType.HashOfMaps && outer.KeySize != sizeof(uint))
        {
            throw Error(
                offset,
                $"map {outer.Name} has keys of {outer.KeySize} bytes; only maps with keys of 4 can be filled");
        }

        return symbol.SectionIndex == section.Index && spec.Maps.TryGet(symbol.Name, out MapSpec? inner)
            ? inner
            : throw Error(offset, $"map {outer.Name} is to hold {symbol.Name}, which is no map of .maps");
    }

    private ProgramSpec ProgramOf(ElfSymbol symbol, ulong offset) =>
        spec.Programs.TryGet(symbol.Name, out ProgramSpec? program)
            && program.SectionIndex == symbol.SectionIndex
            && (ulong)program.SectionInstruction * BpfInstruction.SizeInBytes == symbol.Value
            ? program
            : throw Error(offset, $"a program array is to hold {symbol.Name}, which is no program");

    private BpfFormatException Error(ulong offset, string problem) =>
        section.Error((long)Math.Min(offset, long.MaxValue), problem);

    /// <summary>Where in its section a map is defined, and where its <c>values</c> begin in the definition.</summary>
    private sealed record Place(MapSpec Map, uint Offset, uint Size, uint? ValuesOffset);
}
