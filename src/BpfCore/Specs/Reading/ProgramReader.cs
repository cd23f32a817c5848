using System.Runtime.InteropServices;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfCore.Specs.Reading;

/// <summary>Cuts the functions out of executable sections, by their symbols.</summary>
internal static class ProgramReader
{
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
        foreach (ElfSymbol symbol in spec.Elf.Symbols)
        {
            if (symbol.SectionIndex == section.Index && symbol.Kind == ElfSymbolKind.Function)
            {
                functions.Add(ReadFunction(section, symbol));
            }
        }

        functions.Sort(first, functions.Count - first, Comparer<ProgramSpec>.Create(
            (left, right) => left.SectionInstruction.CompareTo(right.SectionInstruction)));
    }

    private static ProgramSpec ReadFunction(ElfSection section, ElfSymbol symbol)
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

        ReadOnlySpan<byte> code = section.View.Span.Slice((int)symbol.Value, (int)symbol.Size);
        string sectionName = section.Name.StartsWith('?') ? section.Name[1..] : section.Name;
        return new ProgramSpec(symbol.Name, sectionName, MemoryMarshal.Cast<byte, BpfInstruction>(code).ToArray())
        {
            RawSectionName = section.Name,
            SectionIndex = section.Index,
            SectionInstruction = (int)symbol.Value / Slot,
            AutoLoad = !section.Name.StartsWith('?'),
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
