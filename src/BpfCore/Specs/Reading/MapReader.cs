using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>Reads the BTF-defined maps of section <c>.maps</c>.</summary>
internal static class MapReader
{
    private const string SectionName = ".maps";

    public static void Read(BpfObjectSpec spec)
    {
        if (spec.Elf.FindSection("maps") is { } legacy)
        {
            throw legacy.Error(
                0,
                "maps in the legacy section `maps` (struct bpf_map_def), which libbpf gave up in 1.0; "
                + "define them by BTF in SEC(\".maps\") instead");
        }

        if (spec.Elf.FindSection(SectionName) is not { } section || section.View.Length == 0)
        {
            return;
        }

        if (spec.Types is null || !spec.Types.TryFind(SectionName, BtfKind.DataSection, out BtfType variables))
        {
            throw section.Error(0, "no BTF describes the maps; compile with -g");
        }

        foreach (BtfSectionVariable element in variables.SectionVariables)
        {
            MapSpec map = Read(section, element);
            spec.Maps.Add(map.Name, map);
        }

        CheckArenas(spec, section);
    }

    private static void CheckArenas(BpfObjectSpec spec, ElfSection section)
    {
        MapSpec? first = null;
        foreach (MapSpec map in spec.Maps)
        {
            if (map.Type == MapType.Arena && first is not null)
            {
                throw section.Error(
                    (long)map.SectionOffset,
                    $"map {map.Name} is an arena, but {first.Name} is one already; programs can use one only");
            }

            first = map.Type == MapType.Arena ? map : first;
        }
    }

    private static MapSpec Read(ElfSection section, BtfSectionVariable element)
    {
        BtfType variable = element.Variable;
        if (variable.Kind != BtfKind.Variable)
        {
            throw section.Error(element.Offset, $"{variable} is no variable");
        }

        string name = variable.Name;
        if ((ulong)element.Offset + element.Size > (ulong)section.View.Length)
        {
            throw section.Error(element.Offset, $"map {name} reaches past the end of the section");
        }

        if (variable.VariableLinkage != BtfLinkage.Global)
        {
            throw section.Error(element.Offset, $"map {name} is {variable.VariableLinkage}; a map must be global");
        }

        BtfType definition = variable.Target.SkipModifiersAndTypedefs();
        if (definition.Kind != BtfKind.Struct)
        {
            throw section.Error(element.Offset, $"map {name} is defined by {definition}, expected a structure");
        }

        if (definition.Size > element.Size)
        {
            throw section.Error(
                element.Offset, $"map {name} has {element.Size} bytes, its definition {definition.Size}");
        }

        MapSpec map = new(name, SectionName, MapType.Unspecified)
        {
            SectionIndex = section.Index,
            SectionOffset = element.Offset,
        };
        new MapDefinitionReader(map, section, MapLevel.Outer).Read(definition);
        return map;
    }
}
