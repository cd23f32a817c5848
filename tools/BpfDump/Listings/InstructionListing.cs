using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfDump.Listings;

/// <summary>
/// The instructions of all executable sections as they stand in the object, with the source line that they were
/// compiled from and the symbol that a relocation refers to.
/// </summary>
internal sealed class InstructionListing
{
    private readonly ElfFile _file;
    private readonly TextWriter _output;
    private readonly SourceTypes? _source;

    private InstructionListing(ElfFile file, TextWriter output)
    {
        _file = file;
        _output = output;
        _source = SourceTypes.Read(file);
    }

    /// <summary>Writes all instructions.</summary>
    /// <param name="file">The object.</param>
    /// <param name="output">Receives the text.</param>
    /// <exception cref="BpfCore.BpfFormatException">The relocations or types are damaged.</exception>
    public static void Write(ElfFile file, TextWriter output) => new InstructionListing(file, output).Write();

    private void Write()
    {
        string separator = "";
        foreach (CodeSection section in CodeSection.ReadAll(_file))
        {
            _output.Write($"{separator}section {section.Section.Name}\n");
            WriteSection(section);
            separator = "\n";
        }
    }

    private void WriteSection(CodeSection section)
    {
        ILookup<ulong, ElfSymbol> functions = section.Functions.ToLookup(function => function.Value);
        Dictionary<ulong, string> symbols = SymbolsByOffset(section.Section);
        Dictionary<ulong, string> lines = LinesByOffset(section.Section);
        string previous = "";
        foreach (DisassembledInstruction instruction in new Disassembler(section.Instructions))
        {
            ulong offset = (ulong)instruction.Index * BpfInstruction.SizeInBytes;
            foreach (ElfSymbol function in functions[offset])
            {
                _output.Write($"\n{function.Name}:\n");
            }

            if (lines.TryGetValue(offset, out string? line) && line != previous)
            {
                _output.Write($"{line}\n");
                previous = line;
            }

            string symbol = symbols.TryGetValue(offset, out string? name) ? $"  <{name}>" : "";
            _output.Write($"{instruction.Index,6}: {instruction.Text}{symbol}\n");
        }
    }

    private Dictionary<ulong, string> SymbolsByOffset(ElfSection target)
    {
        Dictionary<ulong, string> symbols = [];
        foreach (ElfSection table in _file.Sections)
        {
            if (table.Kind == ElfSectionKind.Relocation && table.Info == (uint)target.Index)
            {
                foreach (ElfRelocation relocation in _file.ReadRelocations(table))
                {
                    symbols[relocation.Offset] = Name(_file.Symbols[relocation.SymbolIndex]);
                }
            }
        }

        return symbols;
    }

    private string Name(ElfSymbol symbol) => symbol.Kind == ElfSymbolKind.Section && !symbol.HasReservedSection
        ? _file.Sections[symbol.SectionIndex].Name
        : symbol.Name;

    private Dictionary<ulong, string> LinesByOffset(ElfSection section)
    {
        Dictionary<ulong, string> lines = [];
        if (_source?.Extensions?.LineInfo.Find(section.Name) is { } records)
        {
            for (int index = 0; index < records.Count; index++)
            {
                BtfLine line = BtfLine.Read(_source.Types, records, index);
                lines.TryAdd(
                    line.InstructionOffset,
                    $"; {line.Text.Trim()} @ {Path.GetFileName(line.FileName)}:{line.Line}");
            }
        }

        return lines;
    }
}
