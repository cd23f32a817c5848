namespace BpfCore.Elf;

/// <summary>Kinds of symbols (<c>ELF64_ST_TYPE</c>).</summary>
public enum ElfSymbolKind : byte
{
    /// <summary><c>STT_NOTYPE</c>: not said.</summary>
    None = 0,

    /// <summary><c>STT_OBJECT</c>: data.</summary>
    Object = 1,

    /// <summary><c>STT_FUNC</c>: function.</summary>
    Function = 2,

    /// <summary><c>STT_SECTION</c>: the section itself.</summary>
    Section = 3,

    /// <summary><c>STT_FILE</c>: name of the source file.</summary>
    File = 4,
}
