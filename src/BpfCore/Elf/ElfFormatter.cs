namespace BpfCore.Elf;

/// <summary>
/// Sections, symbols and relocations as text, in the columns of readelf but without those that mean nothing in a BPF
/// object (addresses, alignment).
/// </summary>
public static class ElfFormatter
{
    private const ushort Absolute = 0xFFF1;
    private const ushort Common = 0xFFF2;

    /// <summary>Writes all sections, all symbols and the entries of all relocation sections.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    /// <exception cref="BpfFormatException">The relocations cannot be read.</exception>
    public static void Write(ElfFile file, TextWriter output)
    {
        WriteSections(file, output);
        output.Write('\n');
        WriteSymbols(file, output);
        WriteRelocations(file, output);
    }

    /// <summary>Writes the section table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    public static void WriteSections(ElfFile file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("  [Nr] Name                             Type      Off    Size   ES Flg Lk Inf\n");
        foreach (ElfSection section in file.Sections)
        {
            output.Write($"{Format(section)}\n");
        }
    }

    /// <summary>Writes the symbol table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    public static void WriteSymbols(ElfFile file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("   Num:    Value          Size Type    Bind   Vis      Ndx Name\n");
        foreach (ElfSymbol symbol in file.Symbols)
        {
            output.Write($"{Format(symbol)}\n");
        }
    }

    /// <summary>Writes the entries of all relocation sections; each section begins with an empty line.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    /// <exception cref="BpfFormatException">The relocations cannot be read.</exception>
    public static void WriteRelocations(ElfFile file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        foreach (ElfSection section in file.Sections)
        {
            if (section.Kind == ElfSectionKind.Relocation)
            {
                WriteRelocations(file, section, output);
            }
        }
    }

    /// <summary>A section on one line.</summary>
    /// <param name="section">The section.</param>
    public static string Format(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return $"  [{section.Index,2}] {section.Name,-32} {Text(section.Kind),-9} {section.Offset:x6} "
            + $"{section.Size:x6} {section.EntrySize:x2} {Flags(section.Flags),3} {section.Link,2} {section.Info,3}";
    }

    /// <summary>A symbol on one line, as <c>readelf -sW</c> prints it.</summary>
    /// <param name="symbol">The symbol.</param>
    public static string Format(ElfSymbol symbol) =>
        $"{symbol.Index,6}: {symbol.Value:x16} {symbol.Size,5} {Text(symbol.Kind),-7} {Text(symbol.Binding),-6} "
        + $"{symbol.Visibility.ToString().ToUpperInvariant(),-7} {Place(symbol),4} {symbol.Name}";

    private static void WriteRelocations(ElfFile file, ElfSection section, TextWriter output)
    {
        output.Write($"\n{section.Name}\n");
        foreach (ElfRelocation relocation in file.ReadRelocations(section))
        {
            ElfSymbol symbol = file.Symbols[relocation.SymbolIndex];
            string name = symbol.Kind == ElfSymbolKind.Section && symbol.SectionIndex < file.Sections.Count
                ? file.Sections[symbol.SectionIndex].Name
                : symbol.Name;
            output.Write($"  {relocation.Offset:x8} {Text(relocation),-16} {name}\n");
        }
    }

    // The R_BPF_* of llvm's BPF.def.
    private static string Text(ElfRelocation relocation) => relocation.Type switch
    {
        0 => "R_BPF_NONE",
        1 => "R_BPF_64_64",
        2 => "R_BPF_64_ABS64",
        3 => "R_BPF_64_ABS32",
        4 => "R_BPF_64_NODYLD32",
        10 => "R_BPF_64_32",
        _ => $"type {relocation.Type}",
    };

    private static string Text(ElfSectionKind kind) => kind switch
    {
        ElfSectionKind.Null => "NULL",
        ElfSectionKind.ProgramBits => "PROGBITS",
        ElfSectionKind.SymbolTable => "SYMTAB",
        ElfSectionKind.StringTable => "STRTAB",
        ElfSectionKind.RelocationWithAddend => "RELA",
        ElfSectionKind.NoBits => "NOBITS",
        ElfSectionKind.Relocation => "REL",
        ElfSectionKind.DynamicSymbolTable => "DYNSYM",
        _ => $"{(uint)kind:x8}",
    };

    private static string Flags(ulong flags)
    {
        ReadOnlySpan<(ulong Bit, char Letter)> letters =
        [
            (0x1, 'W'), (0x2, 'A'), (0x4, 'X'), (0x10, 'M'), (0x20, 'S'), (0x40, 'I'), (0x8000_0000, 'E'),
        ];
        string text = "";
        foreach ((ulong bit, char letter) in letters)
        {
            text += (flags & bit) != 0 ? letter : "";
        }

        return text;
    }

    private static string Text(ElfSymbolKind kind) => kind switch
    {
        ElfSymbolKind.None => "NOTYPE",
        ElfSymbolKind.Object => "OBJECT",
        ElfSymbolKind.Function => "FUNC",
        ElfSymbolKind.Section => "SECTION",
        ElfSymbolKind.File => "FILE",
        _ => $"{(byte)kind}",
    };

    private static string Text(ElfSymbolBinding binding) => binding switch
    {
        ElfSymbolBinding.Local => "LOCAL",
        ElfSymbolBinding.Global => "GLOBAL",
        ElfSymbolBinding.Weak => "WEAK",
        _ => $"{(byte)binding}",
    };

    private static string Place(ElfSymbol symbol) => symbol.SectionIndex switch
    {
        0 => "UND",
        Absolute => "ABS",
        Common => "COM",
        _ => $"{symbol.SectionIndex}",
    };
}
