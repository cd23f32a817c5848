namespace BpfCore.Elf;

/// <summary>Bindings of symbols (<c>ELF64_ST_BIND</c>).</summary>
public enum ElfSymbolBinding : byte
{
    /// <summary><c>STB_LOCAL</c>: seen in this object only.</summary>
    Local = 0,

    /// <summary><c>STB_GLOBAL</c>: seen by all objects.</summary>
    Global = 1,

    /// <summary><c>STB_WEAK</c>: global, but gives way to a global one and may stay undefined.</summary>
    Weak = 2,
}
