using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Turns the ELF relocations of executable sections into <see cref="ProgramRelocation"/>s. The kind follows from the
/// instruction and the section of the symbol, never from the relocation's own type, as in libbpf.
/// </summary>
internal sealed class RelocationReader(BpfObjectSpec spec)
{
    private readonly Dictionary<ulong, MapSpec>?[] _maps = IndexMaps(spec);

    public static void Read(BpfObjectSpec spec)
    {
        RelocationReader reader = new(spec);
        foreach (ElfSection section in spec.Elf.Sections)
        {
            if (section.Kind == ElfSectionKind.Relocation)
            {
                reader.ReadSection(section);
            }
        }
    }

    // A map is found by its section and the place of its definition there, global data by its section alone.
    private static Dictionary<ulong, MapSpec>?[] IndexMaps(BpfObjectSpec spec)
    {
        Dictionary<ulong, MapSpec>?[] maps = new Dictionary<ulong, MapSpec>[spec.Elf.Sections.Count];
        foreach (MapSpec map in spec.Maps)
        {
            // Programs cannot refer to operations, and the map of .kconfig lies in no section.
            if (map.StructOps is null && map.SectionIndex >= 0)
            {
                (maps[map.SectionIndex] ??= []).TryAdd(map.SectionOffset, map);
            }

            if (map.ArenaSectionIndex != 0)
            {
                (maps[map.ArenaSectionIndex] ??= []).TryAdd(0, map);
            }
        }

        return maps;
    }

    private void ReadSection(ElfSection table)
    {
        if (table.Info >= (uint)spec.Elf.Sections.Count)
        {
            throw table.Error(0, $"the relocations are about section {table.Info}, which does not exist");
        }

        ElfSection target = spec.Elf.Sections[(int)table.Info];
        if (!SectionRole.IsPrograms(target))
        {
            return;
        }

        foreach (ElfRelocation relocation in spec.Elf.RelocationsIn(table))
        {
            ReadRelocation(target, relocation);
        }
    }

    private void ReadRelocation(ElfSection section, ElfRelocation relocation)
    {
        if (relocation.Offset % BpfInstruction.SizeInBytes != 0 || relocation.Offset >= section.Size)
        {
            throw section.Error(
                (long)Math.Min(relocation.Offset, long.MaxValue), "a relocation points at no instruction");
        }

        int place = (int)(relocation.Offset / BpfInstruction.SizeInBytes);

        // No function there: the linker dropped a weak function that another one overrode.
        if (spec.FindFunction(section.Index, place) is { } function)
        {
            int index = place - function.SectionInstruction;
            ElfSymbol symbol = spec.Elf.SymbolTable[relocation.SymbolIndex];
            BpfInstruction instruction = function.Instructions[index];
            if (instruction.IsLoadImmediate64 && index + 1 >= function.Instructions.Length)
            {
                throw section.Error((long)relocation.Offset, "a 64-bit load lacks its second slot");
            }

            function.Relocations[index] =
                new Request(section, relocation.Offset, symbol, instruction).Classify(spec, _maps, index);
        }
    }

    /// <summary>One relocation with what is needed to classify it.</summary>
    private readonly record struct Request(
        ElfSection Section, ulong Offset, ElfSymbol Symbol, BpfInstruction Instruction)
    {
        public ProgramRelocation Classify(
            BpfObjectSpec spec, Dictionary<ulong, MapSpec>?[] maps, int index)
        {
            if (!Instruction.IsCall && !Instruction.IsLoadImmediate64)
            {
                throw Error($"the instruction (opcode {Instruction.Opcode}) is neither a call nor a 64-bit load");
            }

            if (ExternReader.IsExtern(Symbol))
            {
                return External(spec, index);
            }

            return Instruction.IsCall ? Call(spec, index) : Load(spec, maps, index);
        }

        private bool PointsIntoText(int textSectionIndex) =>
            Symbol.SectionIndex == textSectionIndex
            && Symbol.Kind is ElfSymbolKind.Section or ElfSymbolKind.Function;

        private ProgramRelocation External(BpfObjectSpec spec, int index)
        {
            ExternSpec? target = spec.Externs.TryGet(Symbol.Name, out ExternSpec? found) ? found : null;
            return target is null
                ? throw Error("is external, but has no name")
                : new ProgramRelocation(
                    index,
                    Instruction.IsCall ? ProgramRelocationKind.ExternalCall : ProgramRelocationKind.ExternalLoad,
                    Symbol.Name,
                    0,
                    Extern: target);
        }

        private ProgramRelocation Call(BpfObjectSpec spec, int index)
        {
            if (Instruction.PseudoCall != PseudoCall.Subprogram)
            {
                throw Error("a relocated call must be one of a subprogram");
            }

            if (Symbol.SectionIndex == 0 || Symbol.SectionIndex != spec.TextSectionIndex)
            {
                throw Error("calls a function outside .text; only functions without SEC() can be called");
            }

            if (Symbol.Value % BpfInstruction.SizeInBytes != 0)
            {
                throw Error($"calls into the middle of an instruction (offset 0x{Symbol.Value:x})");
            }

            return new ProgramRelocation(index, ProgramRelocationKind.Call, Symbol.Name, Symbol.Value);
        }

        private ProgramRelocation Load(
            BpfObjectSpec spec, Dictionary<ulong, MapSpec>?[] maps, int index)
        {
            if (Symbol.SectionIndex == 0 || Symbol.HasReservedSection)
            {
                throw Error("lies in no section; was a global variable left without an initial value?");
            }

            if (PointsIntoText(spec.TextSectionIndex))
            {
                return new ProgramRelocation(
                    index, ProgramRelocationKind.FunctionAddress, Symbol.Name, Symbol.Value);
            }

            int section = Symbol.SectionIndex;
            ulong value = Symbol.Value;
            ElfSection holder = spec.Elf.Sections[section];
            bool isData = SectionRole.IsData(holder) || SectionRole.IsArenaData(holder);
            if (maps[section] is { } inSection && inSection.TryGetValue(isData ? 0 : value, out MapSpec? map))
            {
                ProgramRelocationKind kind = isData ? ProgramRelocationKind.MapValue : ProgramRelocationKind.Map;
                return new ProgramRelocation(index, kind, map.Name, value, map);
            }

            return SectionRole.IsJumpTables(holder)
                ? new ProgramRelocation(
                    index, ProgramRelocationKind.JumpTable, Symbol.Name, value, SymbolSize: Symbol.Size)
                : throw Error("is neither a map, nor global data, nor a function of .text");
        }

        private BpfFormatException Error(string problem)
        {
            string name = Symbol.Name.Length == 0 ? $"section {Symbol.SectionIndex}" : Symbol.Name;
            return Section.Error((long)Offset, $"relocation against {name}: {problem}");
        }
    }
}
