namespace BpfDump.CommandLine;

/// <summary>What of an object is listed as text.</summary>
internal enum Listing
{
    /// <summary>Sections and relocation entries.</summary>
    Sections,

    /// <summary>The symbol table.</summary>
    Symbols,

    /// <summary>Maps and global variables.</summary>
    Maps,

    /// <summary>Programs with type and target.</summary>
    Programs,

    /// <summary>Instructions with source lines and relocations.</summary>
    Instructions,

    /// <summary>CO-RE relocation records.</summary>
    CoRe,
}
