namespace BpfCore.Specs;

/// <summary>What an ELF relocation of a program asks for (libbpf's <c>enum reloc_type</c>).</summary>
internal enum ProgramRelocationKind
{
    /// <summary>A map's file descriptor into a 64-bit load.</summary>
    Map,

    /// <summary>The address of a global variable into a 64-bit load.</summary>
    MapValue,

    /// <summary>A call of a function in <c>.text</c>.</summary>
    Call,

    /// <summary>The address of a function in <c>.text</c>, for callbacks.</summary>
    FunctionAddress,

    /// <summary>An external symbol in a 64-bit load: a kernel variable or configuration value.</summary>
    ExternalLoad,

    /// <summary>A call of an external function: a kernel function.</summary>
    ExternalCall,

    /// <summary>The address of a table of places in the function, for indirect jumps (<c>gotox</c>).</summary>
    JumpTable,
}
