using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Finds the programs that implement operations: a relocation for each function pointer that is not null (libbpf's
/// <c>bpf_object__collect_st_ops_relos</c>).
/// </summary>
internal static class StructOpsRelocationReader
{
    public static void Read(BpfObjectSpec spec)
    {
        foreach (ElfSection table in spec.Elf.Sections)
        {
            if (table.Kind == ElfSectionKind.Relocation && table.Info < (uint)spec.Elf.Sections.Count
                && SectionRole.IsStructOps(spec.Elf.Sections[(int)table.Info]))
            {
                ReadTable(spec, table, spec.Elf.Sections[(int)table.Info]);
            }
        }
    }

    private static void ReadTable(BpfObjectSpec spec, ElfSection table, ElfSection section)
    {
        foreach (ElfRelocation relocation in spec.Elf.RelocationsIn(table))
        {
            MapSpec map = FindMap(spec, section, relocation.Offset);
            ElfSymbol symbol = spec.Elf.SymbolTable[relocation.SymbolIndex];
            BtfMember member = FindMember(map, section, relocation.Offset);
            map.StructOps!.Declare(member, FindProgram(spec, section, relocation.Offset, symbol, member));
        }
    }

    private static MapSpec FindMap(BpfObjectSpec spec, ElfSection section, ulong offset)
    {
        foreach (MapSpec map in spec.Maps)
        {
            if (map.StructOps is not null && map.SectionIndex == section.Index
                && offset >= map.SectionOffset && offset - map.SectionOffset < map.ValueSize)
            {
                return map;
            }
        }

        throw Error(section, offset, "a relocation lies in no variable");
    }

    private static BtfMember FindMember(MapSpec map, ElfSection section, ulong offset)
    {
        ulong place = offset - map.SectionOffset;
        foreach (BtfMember member in map.StructOps!.Type.Members)
        {
            if (member.BitOffset == place * 8)
            {
                return StructOpsSpec.IsFunction(member)
                    ? member
                    : throw Error(section, offset, $"member {member.Name} of {map.StructOps} is no function");
            }
        }

        throw Error(section, offset, $"{map.StructOps} has no member at offset {place}");
    }

    private static ProgramSpec FindProgram(
        BpfObjectSpec spec, ElfSection section, ulong offset, ElfSymbol symbol, BtfMember member)
    {
        ulong place = Math.Min(symbol.Value / BpfInstruction.SizeInBytes, int.MaxValue);
        ProgramSpec? program = symbol.Value % BpfInstruction.SizeInBytes == 0
            ? spec.FindFunction(symbol.SectionIndex, (int)place)
            : null;
        return program switch
        {
            null => throw Error(
                section, offset, $"function {member.Name} is {symbol.Name}, which is no program of this object"),
            { Type: not ProgramType.StructOps } => throw Error(
                section, offset,
                $"function {member.Name} is {program}, whose section does not begin with struct_ops"),
            _ => program,
        };
    }

    private static BpfFormatException Error(ElfSection section, ulong offset, string problem) =>
        section.Error((long)Math.Min(offset, long.MaxValue), problem);
}
