using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Turns <c>.rodata</c>, <c>.data</c> and <c>.bss</c> into maps of one value, and their BTF into variables.
/// </summary>
internal static class DataSectionReader
{
    // BPF_F_RDONLY_PROG and BPF_F_MMAPABLE of include/uapi/linux/bpf.h.
    private const uint ReadOnlyForPrograms = 1 << 7;
    private const uint MemoryMappable = 1 << 10;

    // More is damage or a mistake. All sections count together, because .bss takes no room in the file.
    private const ulong MaximumSize = 32 << 20;

    public static void Read(BpfObjectSpec spec)
    {
        ulong left = MaximumSize;
        foreach (ElfSection section in spec.Elf.Sections)
        {
            if (!SectionRole.IsData(section) && !SectionRole.IsArenaData(section))
            {
                continue;
            }

            if (section.Size > left)
            {
                throw section.Error(
                    0,
                    $"global data of 0x{section.Size:x} bytes exceeds the limit of 32 MiB for all of an object's data");
            }

            left -= section.Size;
            if (SectionRole.IsArenaData(section))
            {
                ReadArena(spec, section);
            }
            else
            {
                ReadSection(spec, section);
            }
        }
    }

    private static void ReadSection(BpfObjectSpec spec, ElfSection section)
    {
        BtfType? types = FindTypes(spec, section);
        byte[] contents = new byte[section.Size];
        section.View.Span.CopyTo(contents);
        bool constants = SectionRole.IsConstants(section);
        MapSpec map = new(section.Name, section.Name, MapType.Array)
        {
            KernelName = InternalMapName.Create(spec.Name, section.Name),
            KeySize = sizeof(uint),
            ValueSize = (uint)section.Size,
            MaxEntries = 1,
            Flags = (constants ? ReadOnlyForPrograms : 0) | (HasGlobals(types) ? MemoryMappable : 0),
            ValueTypeId = types?.Id ?? BtfTypeId.Void,
            Contents = contents,
            IsFrozen = constants,
            SectionIndex = section.Index,
        };
        spec.Maps.Add(map.Name, map);
        if (types is { } known)
        {
            ReadVariables(spec, section, map, known);
        }
    }

    // The variables of an arena lie in the one that the object defines itself.
    private static void ReadArena(BpfObjectSpec spec, ElfSection section)
    {
        MapSpec arena = spec.Maps.FirstOrDefault(static map => map.Type == MapType.Arena) ?? throw section.Error(
            0, "variables in an arena, but the object defines no map of type BPF_MAP_TYPE_ARENA");
        if (section.Size > arena.ArenaSize)
        {
            throw section.Error(
                0, $"variables of 0x{section.Size:x} bytes, but arena {arena.Name} has only 0x{arena.ArenaSize:x}");
        }

        arena.Contents = section.View.Span.ToArray();
        arena.ArenaSectionIndex = section.Index;
        if (FindTypes(spec, section) is { } types)
        {
            ReadVariables(spec, section, arena, types);
        }
    }

    private static BtfType? FindTypes(BpfObjectSpec spec, ElfSection section) =>
        spec.Types is not null && spec.Types.TryFind(section.Name, BtfKind.DataSection, out BtfType found)
            ? found
            : null;

    // Only global variables are meant to be reached from user space, so only they make the map mappable (libbpf).
    private static bool HasGlobals(BtfType? section)
    {
        if (section is { } known)
        {
            foreach (BtfSectionVariable element in known.SectionVariables)
            {
                if (element.Variable is { Kind: BtfKind.Variable, VariableLinkage: not BtfLinkage.Static })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void ReadVariables(BpfObjectSpec spec, ElfSection section, MapSpec map, BtfType types)
    {
        foreach (BtfSectionVariable element in types.SectionVariables)
        {
            BtfType variable = element.Variable;
            if ((ulong)element.Offset + element.Size > section.Size)
            {
                throw section.Error(element.Offset, $"variable {variable.Name} reaches past the end of the section");
            }

            BtfLinkage linkage = variable.Kind == BtfKind.Variable ? variable.VariableLinkage : BtfLinkage.Static;
            spec.Variables.Add(
                variable.Name,
                new VariableSpec(variable.Name, map, element.Offset, element.Size, variable.TargetId, linkage));
        }
    }
}
