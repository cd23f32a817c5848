using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>A symbol (<c>Elf64_Sym</c>).</summary>
/// <param name="Index">Position in the symbol table.</param>
/// <param name="Name">Name; empty for a section symbol.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Binding">Binding.</param>
/// <param name="Visibility">Visibility.</param>
/// <param name="SectionIndex">Index of the section it lies in; 0 when it is undefined (external).</param>
/// <param name="Value">Offset in that section, in bytes.</param>
/// <param name="Size">Size in bytes; 0 when not known.</param>
public readonly record struct ElfSymbol(
    int Index,
    string Name,
    ElfSymbolKind Kind,
    ElfSymbolBinding Binding,
    ElfSymbolVisibility Visibility,
    int SectionIndex,
    ulong Value,
    ulong Size)
{
    /// <summary>True for a symbol that this object uses but does not define.</summary>
    public bool IsExternal => SectionIndex == ElfNative.SHN_UNDEF && Index != 0;

    /// <summary>
    /// True when <see cref="SectionIndex"/> is no section but a reserved number (<c>SHN_COMMON</c>, …).
    /// </summary>
    public bool HasReservedSection => SectionIndex >= ElfNative.SHN_LORESERVE;

    internal static ElfSymbol Read(ByteView table, StringTable names, int index)
    {
        ByteView record = table.Slice(
            (long)index * ElfNative.sizeof_Elf64_Sym, ElfNative.sizeof_Elf64_Sym, $"symbol {index}");
        byte info = record.ReadByte(ElfNative.st_info, "st_info");
        return new ElfSymbol(
            index,
            names.Text(record.ReadUInt32(ElfNative.st_name, "st_name"), "the name of symbol", index),
            (ElfSymbolKind)(info & 0x0F),
            (ElfSymbolBinding)(info >> 4),
            (ElfSymbolVisibility)(record.ReadByte(ElfNative.st_other, "st_other") & 0x03),
            record.ReadUInt16(ElfNative.st_shndx, "st_shndx"),
            record.ReadUInt64(ElfNative.st_value, "st_value"),
            record.ReadUInt64(ElfNative.st_size, "st_size"));
    }
}
