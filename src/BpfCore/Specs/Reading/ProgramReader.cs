using System.Runtime.InteropServices;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfCore.Specs.Reading;

/// <summary>Cuts the functions out of executable sections, by their symbols.</summary>
internal static class ProgramReader
{
    // Each name is a program of its own, with its own copy of the instructions once it is linked.
    private const int MaximumNames = 8;

    public static void Read(BpfObjectSpec spec)
    {
        List<ProgramSpec> functions = [];
        foreach (ElfSection section in spec.Elf.Sections)
        {
            if (SectionRole.IsPrograms(section))
            {
                ReadSection(spec, section, functions);
            }
        }

        // Text alone, without any program in a section of its own, is one program without a section name.
        bool textIsSubprograms = functions.Count > 1;
        foreach (ProgramSpec function in functions)
        {
            AddFunction(spec, function, textIsSubprograms && function.SectionIndex == spec.TextSectionIndex);
        }
    }

    private static void ReadSection(BpfObjectSpec spec, ElfSection section, List<ProgramSpec> functions)
    {
        if (SectionRole.IsText(section))
        {
            spec.TextSectionIndex = section.Index;
        }

        int first = functions.Count;
        ReadOnlyMemory<BpfInstruction> code = Decode(section);
        foreach (ElfSymbol symbol in spec.Elf.SymbolsIn(section))
        {
            if (symbol.Kind == ElfSymbolKind.Function)
            {
                functions.Add(ReadFunction(section, code, symbol));
            }
        }

        functions.Sort(first, functions.Count - first, Comparer<ProgramSpec>.Create(
            (left, right) => left.SectionInstruction.CompareTo(right.SectionInstruction)));
        CheckOverlap(section, CollectionsMarshal.AsSpan(functions)[first..]);
    }

    // All functions of a section are views of this one array.
    private static BpfInstruction[] Decode(ElfSection section)
    {
        ReadOnlySpan<byte> bytes = section.View.Span;
        int whole = bytes.Length - (bytes.Length % BpfInstruction.SizeInBytes);
        return MemoryMarshal.Cast<byte, BpfInstruction>(bytes[..whole]).ToArray();
    }

    // A function may have several names (aliases), but no two share a part of their instructions.
    private static void CheckOverlap(ElfSection section, ReadOnlySpan<ProgramSpec> functions)
    {
        int names = 1;
        for (int index = 1; index < functions.Length; index++)
        {
            ProgramSpec previous = functions[index - 1];
            ProgramSpec function = functions[index];
            bool isAlias = function.SectionInstruction == previous.SectionInstruction
                && function.Instructions.Length == previous.Instructions.Length;
            names = isAlias ? names + 1 : 1;
            int distance = function.SectionInstruction - previous.SectionInstruction;
            if ((!isAlias && distance < previous.Instructions.Length) || names > MaximumNames)
            {
                throw section.Error(
                    (long)function.SectionInstruction * BpfInstruction.SizeInBytes,
                    isAlias
                        ? $"function {function.Name} has more than {MaximumNames} names"
                        : $"function {function.Name} begins inside {previous.Name}");
            }
        }
    }

    private static ProgramSpec ReadFunction(
        ElfSection section, ReadOnlyMemory<BpfInstruction> code, ElfSymbol symbol)
    {
        const int Slot = BpfInstruction.SizeInBytes;
        ulong length = (ulong)section.View.Length;
        if (symbol.Size == 0 || symbol.Size % Slot != 0 || symbol.Value % Slot != 0
            || symbol.Value > length || symbol.Size > length - symbol.Value)
        {
            throw section.Error(
                0,
                $"function {symbol.Name} (0x{symbol.Size:x} bytes at 0x{symbol.Value:x}) is no run of whole " +
                $"instructions in its section of 0x{length:x} bytes");
        }

        if (!SectionRole.IsText(section) && symbol.Binding == ElfSymbolBinding.Local)
        {
            throw section.Error((long)symbol.Value, $"program {symbol.Name} is static; a program must be global");
        }

        string sectionName = section.Name.StartsWith('?') ? section.Name[1..] : section.Name;
        ReadOnlyMemory<BpfInstruction> instructions = code.Slice((int)symbol.Value / Slot, (int)symbol.Size / Slot);
        return new ProgramSpec(symbol.Name, sectionName, instructions)
        {
            RawSectionName = section.Name,
            SectionIndex = section.Index,
            SectionInstruction = (int)symbol.Value / Slot,
            AutoLoad = !section.Name.StartsWith('?'),
            IsStatic = symbol.Binding == ElfSymbolBinding.Local,
            IsHidden = symbol.Visibility is ElfSymbolVisibility.Hidden or ElfSymbolVisibility.Internal,
        };
    }

    private static void AddFunction(BpfObjectSpec spec, ProgramSpec function, bool isSubprogram)
    {
        function.IsSubprogram = isSubprogram;
        spec.Functions.Add(function);
        if (isSubprogram)
        {
            return;
        }

        SectionName meaning = SectionName.Parse(function.SectionName);
        function.Type = meaning.Type;
        function.ExpectedAttachType = meaning.AttachType;
        function.Flags = meaning.Flags;
        function.Target = meaning.Target;
        spec.Programs.Add(function.Name, function);
    }
}
