using System.Runtime.InteropServices;
using BpfCore.Elf;
using BpfCore.Instructions;

namespace BpfDump.Listings;

/// <summary>An executable section with its functions.</summary>
internal sealed class CodeSection
{
    private CodeSection(ElfFile file, ElfSection section)
    {
        Section = section;
        Functions =
        [
            .. file.Symbols
                .Where(symbol => symbol.SectionIndex == section.Index && symbol.Kind == ElfSymbolKind.Function)
                .OrderBy(symbol => symbol.Value),
        ];
    }

    /// <summary>The section.</summary>
    public ElfSection Section { get; }

    /// <summary>Its functions by offset.</summary>
    public IReadOnlyList<ElfSymbol> Functions { get; }

    /// <summary>Its instructions; bytes behind the last whole one are left out.</summary>
    public ReadOnlySpan<BpfInstruction> Instructions
    {
        get
        {
            ReadOnlySpan<byte> bytes = Section.Data.Span;
            return MemoryMarshal.Cast<byte, BpfInstruction>(bytes[..(bytes.Length - (bytes.Length % 8))]);
        }
    }

    /// <summary>All executable sections that hold something.</summary>
    /// <param name="file">The object.</param>
    public static IEnumerable<CodeSection> ReadAll(ElfFile file) =>
        from section in file.Sections
        where section.IsExecutable && section.Kind == ElfSectionKind.ProgramBits && section.Size > 0
        select new CodeSection(file, section);

    /// <summary>The function at an offset of the section with the index there: <c>name+3</c>.</summary>
    /// <param name="offset">Offset in bytes.</param>
    public string Place(ulong offset)
    {
        ElfSymbol function = Functions.LastOrDefault(symbol => symbol.Value <= offset);
        return function.Name is null
            ? $"{Section.Name}+{offset / BpfInstruction.SizeInBytes}"
            : $"{function.Name}+{(offset - function.Value) / BpfInstruction.SizeInBytes}";
    }
}
