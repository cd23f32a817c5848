using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>
/// An ELF file of the 64-bit, little-endian class: header, sections, symbols and relocations.
/// Follows the System V gABI, chapter 4.
/// </summary>
/// <remarks>
/// The bytes are kept, not copied, and must not change as long as the file is used. Reading is thread-safe once the
/// file is open.
/// </remarks>
public sealed class ElfFile
{
    private readonly ElfSection[] _sections;
    private readonly ElfSymbol[] _symbols;
    private readonly ElfSymbol[]?[] _symbolsBySection;

    private ElfFile(ByteView file, ElfSection[] sections, ElfSymbol[] symbols)
    {
        Name = file.Input;
        Type = file.ReadUInt16(ElfNative.e_type, "e_type");
        Machine = file.ReadUInt16(ElfNative.e_machine, "e_machine");
        _sections = sections;
        _symbols = symbols;
        _symbolsBySection = GroupBySection(symbols, sections.Length);
    }

    /// <summary>Name of the input, for messages.</summary>
    public string Name { get; }

    /// <summary>Type of file (<c>e_type</c>): 1 relocatable, 2 executable, 3 shared object.</summary>
    public ushort Type { get; }

    /// <summary>Machine (<c>e_machine</c>): 247 is BPF.</summary>
    public ushort Machine { get; }

    /// <summary>All sections in file order; the one at index 0 is empty.</summary>
    public IReadOnlyList<ElfSection> Sections => _sections;

    /// <summary>The symbol table (<c>SHT_SYMTAB</c>) in file order; empty in a stripped file.</summary>
    public IReadOnlyList<ElfSymbol> Symbols => _symbols;

    /// <summary>As <see cref="Symbols"/>: a list of structures is compiled anew at every start under the JIT.</summary>
    internal ReadOnlySpan<ElfSymbol> SymbolTable => _symbols;

    /// <summary>Reads an ELF file.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="name">Name of the input, for messages.</param>
    /// <exception cref="BpfFormatException">The file is damaged, no ELF, 32-bit or big-endian.</exception>
    public static ElfFile Read(ReadOnlyMemory<byte> image, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ByteView file = new(image, name);
        CheckIdentity(file);
        ElfSection[] sections = ElfSectionTable.Read(file);
        return new ElfFile(file, sections, ElfSymbolTable.Read(file, sections));
    }

    /// <summary>The first section with the given name, or null.</summary>
    /// <param name="name">Name of the section.</param>
    public ElfSection? FindSection(string name) => Array.Find(_sections, section => section.Name == name);

    /// <summary>The entries of a relocation section.</summary>
    /// <param name="section">A section of kind <see cref="ElfSectionKind.Relocation"/>.</param>
    /// <exception cref="BpfFormatException">
    /// The entries are not <c>Elf64_Rel</c>, or name symbols that do not exist.
    /// </exception>
    public IReadOnlyList<ElfRelocation> ReadRelocations(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return RelocationsIn(section);
    }

    /// <summary>The symbols that lie in a section, in the order of the table.</summary>
    internal ReadOnlySpan<ElfSymbol> SymbolsIn(ElfSection section) => _symbolsBySection[section.Index];

    /// <summary>As <see cref="ReadRelocations"/>, in an array.</summary>
    internal ElfRelocation[] RelocationsIn(ElfSection section)
    {
        if (section.EntrySize != ElfNative.sizeof_Elf64_Rel)
        {
            throw section.Error(0, $"relocation entries of {section.EntrySize} bytes, expected 16");
        }

        ElfRelocation[] relocations = new ElfRelocation[section.View.Length / ElfNative.sizeof_Elf64_Rel];
        for (int index = 0; index < relocations.Length; index++)
        {
            relocations[index] = ElfRelocation.Read(section.View, index);
            if (relocations[index].SymbolIndex >= _symbols.Length)
            {
                throw section.Error(
                    (long)index * ElfNative.sizeof_Elf64_Rel,
                    $"symbol {relocations[index].SymbolIndex} does not exist, the table has {_symbols.Length}");
            }
        }

        return relocations;
    }

    // By hand: a lookup of structures would be compiled at every start of a program that runs under the JIT.
    private static ElfSymbol[]?[] GroupBySection(ElfSymbol[] symbols, int sectionCount)
    {
        int[] counts = new int[sectionCount];
        foreach (ref readonly ElfSymbol symbol in symbols.AsSpan())
        {
            if ((uint)symbol.SectionIndex < (uint)sectionCount)
            {
                counts[symbol.SectionIndex]++;
            }
        }

        ElfSymbol[]?[] groups = new ElfSymbol[sectionCount][];
        foreach (ref readonly ElfSymbol symbol in symbols.AsSpan())
        {
            int index = symbol.SectionIndex;
            if ((uint)index < (uint)sectionCount)
            {
                ElfSymbol[] group = groups[index] ??= new ElfSymbol[counts[index]];
                group[^counts[index]--] = symbol;
            }
        }

        return groups;
    }

    internal static void CheckIdentity(ByteView file)
    {
        uint magic = file.ReadUInt32(0, "the ELF magic");
        if (magic is ElfNative.BitcodeMagic or ElfNative.BitcodeWrapperMagic)
        {
            throw file.Error(
                0, "LLVM bitcode, no ELF file; compile without -flto, or with llc -march=bpf -filetype=obj");
        }

        if (magic != ElfNative.ELFMAG)
        {
            throw file.Error(0, $"no ELF file: expected the magic 7f 45 4c 46, found 0x{magic:x8}");
        }

        byte fileClass = file.ReadByte(ElfNative.EI_CLASS, "EI_CLASS");
        if (fileClass == ElfNative.ELFCLASS32)
        {
            throw file.Error(ElfNative.EI_CLASS, "a 32-bit ELF file; objects of BPF are 64-bit ones");
        }

        if (fileClass != ElfNative.ELFCLASS64)
        {
            throw file.Error(ElfNative.EI_CLASS, $"expected a 64-bit ELF file (class 2), found class {fileClass}");
        }

        byte encoding = file.ReadByte(ElfNative.EI_DATA, "EI_DATA");
        if (encoding == ElfNative.ELFDATA2MSB)
        {
            throw file.Error(
                ElfNative.EI_DATA, "a big-endian ELF file; BpfCore reads little-endian ones (clang -target bpfel)");
        }

        if (encoding != ElfNative.ELFDATA2LSB)
        {
            throw file.Error(ElfNative.EI_DATA, $"expected little-endian data (1), found {encoding}");
        }
    }
}
