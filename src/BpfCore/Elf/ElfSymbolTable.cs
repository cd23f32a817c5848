using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>Reads the symbol table (<c>SHT_SYMTAB</c>).</summary>
internal static class ElfSymbolTable
{
    public static ElfSymbol[] Read(ByteView file, ElfSection[] sections)
    {
        ElfSection? table = Find(file, sections);
        if (table is null)
        {
            return [];
        }

        if (table.EntrySize != ElfNative.sizeof_Elf64_Sym)
        {
            throw table.Error(0, $"symbols of {table.EntrySize} bytes, expected 24");
        }

        if (table.Link >= (uint)sections.Length)
        {
            throw table.Error(0, $"section {table.Link} with the symbol names does not exist");
        }

        StringTable names = new(sections[table.Link].View);
        ElfSymbol[] symbols = new ElfSymbol[table.View.Length / ElfNative.sizeof_Elf64_Sym];
        for (int index = 0; index < symbols.Length; index++)
        {
            ElfSymbol symbol = ElfSymbol.Read(table.View, names, index);
            CheckSection(table, symbol, sections.Length);
            symbols[index] = symbol;
        }

        return symbols;
    }

    private static ElfSection? Find(ByteView file, ElfSection[] sections)
    {
        ElfSection? found = null;
        foreach (ElfSection section in sections)
        {
            if (section.Kind != ElfSectionKind.SymbolTable)
            {
                continue;
            }

            if (found is not null)
            {
                throw file.Error(0, $"two symbol tables: sections {found.Index} and {section.Index}");
            }

            found = section;
        }

        return found;
    }

    private static void CheckSection(ElfSection table, ElfSymbol symbol, int sectionCount)
    {
        if (symbol.SectionIndex >= sectionCount && !symbol.HasReservedSection)
        {
            throw table.Error(
                ((long)symbol.Index * ElfNative.sizeof_Elf64_Sym) + ElfNative.st_shndx,
                $"symbol {symbol.Index} ({symbol.Name}) lies in section {symbol.SectionIndex}, which does not exist");
        }
    }
}
