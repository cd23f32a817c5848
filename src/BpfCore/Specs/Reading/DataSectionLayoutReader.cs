using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>Collects sizes of sections and offsets of global variables from the symbol table.</summary>
internal static class DataSectionLayoutReader
{
    public static Dictionary<string, BtfDataSectionLayout> Read(ElfFile elf)
    {
        Dictionary<string, BtfDataSectionLayout> layouts = new(StringComparer.Ordinal);
        foreach (ElfSection section in elf.Sections)
        {
            if (section.Size is > 0 and <= uint.MaxValue && !section.IsExecutable)
            {
                layouts.TryAdd(section.Name, Read(elf, section));
            }
        }

        return layouts;
    }

    private static BtfDataSectionLayout Read(ElfFile elf, ElfSection section)
    {
        Dictionary<string, uint> offsets = new(StringComparer.Ordinal);
        HashSet<string> hidden = new(StringComparer.Ordinal);
        foreach (ElfSymbol symbol in elf.SymbolsIn(section))
        {
            if (symbol.Kind != ElfSymbolKind.Object || symbol.Binding == ElfSymbolBinding.Local)
            {
                continue;
            }

            if (symbol.Value > section.Size)
            {
                throw section.Error(0, $"symbol {symbol.Name} lies at 0x{symbol.Value:x}, past the section's end");
            }

            offsets[symbol.Name] = (uint)symbol.Value;
            if (symbol.Visibility is ElfSymbolVisibility.Hidden or ElfSymbolVisibility.Internal)
            {
                hidden.Add(symbol.Name);
            }
        }

        return new BtfDataSectionLayout((uint)section.Size, offsets, hidden);
    }
}
