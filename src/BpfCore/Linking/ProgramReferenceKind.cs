namespace BpfCore.Linking;

/// <summary>What an instruction of a relocated program refers to in the kernel.</summary>
public enum ProgramReferenceKind
{
    /// <summary>A map: its descriptor belongs into a 64-bit load (<c>BPF_PSEUDO_MAP_FD</c>).</summary>
    Map,

    /// <summary>Global data: descriptor and offset belong into a 64-bit load (<c>BPF_PSEUDO_MAP_VALUE</c>).</summary>
    MapValue,

    /// <summary>A typed variable of the kernel by its BTF id (<c>BPF_PSEUDO_BTF_ID</c>).</summary>
    KernelVariable,

    /// <summary>A symbol of the kernel without type, by its address from <c>/proc/kallsyms</c>.</summary>
    KernelSymbol,

    /// <summary>A function of the kernel by its BTF id (<c>BPF_PSEUDO_KFUNC_CALL</c>).</summary>
    KernelFunction,

    /// <summary>
    /// A table of the places that an indirect jump may go to: descriptor of an instruction array and offset belong into
    /// a 64-bit load (<c>BPF_PSEUDO_MAP_VALUE</c>, 6.19).
    /// </summary>
    JumpTable,
}
