namespace BpfCore.Elf;

/// <summary>Kinds of sections (<c>sh_type</c>). Values that are not listed are kept as they are.</summary>
public enum ElfSectionKind : uint
{
    /// <summary><c>SHT_NULL</c>: no section.</summary>
    Null = 0,

    /// <summary><c>SHT_PROGBITS</c>: code or data.</summary>
    ProgramBits = 1,

    /// <summary><c>SHT_SYMTAB</c>: symbol table.</summary>
    SymbolTable = 2,

    /// <summary><c>SHT_STRTAB</c>: string table.</summary>
    StringTable = 3,

    /// <summary><c>SHT_RELA</c>: relocations with addends; BPF objects have none.</summary>
    RelocationWithAddend = 4,

    /// <summary><c>SHT_NOBITS</c>: zero-initialised data that takes no room in the file.</summary>
    NoBits = 8,

    /// <summary><c>SHT_REL</c>: relocations without addends.</summary>
    Relocation = 9,

    /// <summary><c>SHT_DYNSYM</c>: symbol table of a dynamic object.</summary>
    DynamicSymbolTable = 11,
}
