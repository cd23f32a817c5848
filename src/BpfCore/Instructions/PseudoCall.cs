namespace BpfCore.Instructions;

/// <summary>What a call calls: the source field of such an instruction.</summary>
public enum PseudoCall : byte
{
    /// <summary>A helper; the immediate is its number.</summary>
    Helper = 0,

    /// <summary>
    /// A function of this program; the immediate is relative to the next slot (<c>BPF_PSEUDO_CALL</c>).
    /// </summary>
    Subprogram = 1,

    /// <summary>A kernel function by BTF id (<c>BPF_PSEUDO_KFUNC_CALL</c>).</summary>
    KernelFunction = 2,
}
