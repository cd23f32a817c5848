namespace BpfCore.Elf;

/// <summary>Visibilities of symbols (<c>ELF64_ST_VISIBILITY</c>).</summary>
public enum ElfSymbolVisibility : byte
{
    /// <summary><c>STV_DEFAULT</c>: as the binding says.</summary>
    Default = 0,

    /// <summary><c>STV_INTERNAL</c>: hidden, and more at the processor's discretion.</summary>
    Internal = 1,

    /// <summary><c>STV_HIDDEN</c>: not seen outside; libbpf's <c>__hidden</c>.</summary>
    Hidden = 2,

    /// <summary><c>STV_PROTECTED</c>: seen outside, but cannot be replaced there.</summary>
    Protected = 3,
}
