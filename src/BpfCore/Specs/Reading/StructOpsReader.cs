using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Turns the variables of <c>.struct_ops</c> and <c>.struct_ops.link</c> into maps. In a section with a leading
/// <c>?</c> they are not created by default.
/// </summary>
internal static class StructOpsReader
{
    // BPF_F_LINK of include/uapi/linux/bpf.h: the map is attached by a link of its own.
    private const uint Link = 1 << 13;

    public static void Read(BpfObjectSpec spec)
    {
        foreach (ElfSection section in spec.Elf.Sections)
        {
            if (SectionRole.IsStructOps(section))
            {
                ReadSection(spec, section);
            }
        }
    }

    private static void ReadSection(BpfObjectSpec spec, ElfSection section)
    {
        if (spec.Types is null || !spec.Types.TryFind(section.Name, BtfKind.DataSection, out BtfType variables))
        {
            throw section.Error(0, "no BTF describes its variables; compile with -g");
        }

        foreach (BtfSectionVariable element in variables.SectionVariables)
        {
            MapSpec map = ReadVariable(section, element);
            spec.Maps.Add(map.Name, map);
        }
    }

    private static MapSpec ReadVariable(ElfSection section, BtfSectionVariable element)
    {
        string name = element.Variable.Name;
        BtfType type = element.Variable.Target.SkipModifiersAndTypedefs();
        if (type.Kind != BtfKind.Struct || type.IsAnonymous)
        {
            throw section.Error(
                element.Offset, $"variable {name} is of type {type}, expected a structure with a name");
        }

        if ((ulong)element.Offset + type.Size > (ulong)section.View.Length)
        {
            throw section.Error(element.Offset, $"variable {name} reaches past the end of the section");
        }

        ReadOnlySpan<byte> data = section.View.Span.Slice((int)element.Offset, (int)type.Size);
        string sectionName = section.Name.TrimStart('?');
        return new MapSpec(name, sectionName, MapType.StructOps)
        {
            KeySize = sizeof(uint),
            ValueSize = type.Size,
            MaxEntries = 1,
            Flags = sectionName == SectionRole.StructOpsLink ? Link : 0,
            AutoCreate = !section.Name.StartsWith('?'),
            StructOps = new StructOpsSpec(name, type, data),
            SectionIndex = section.Index,
            SectionOffset = element.Offset,
        };
    }
}
