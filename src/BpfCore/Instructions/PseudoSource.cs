namespace BpfCore.Instructions;

/// <summary>
/// What the immediate of a 64-bit load means: the source field of such an instruction (<c>BPF_PSEUDO_*</c>).
/// </summary>
public enum PseudoSource : byte
{
    /// <summary>A plain value.</summary>
    None = 0,

    /// <summary>File descriptor of a map (<c>BPF_PSEUDO_MAP_FD</c>).</summary>
    MapFd = 1,

    /// <summary>Address inside the value of an array map (<c>BPF_PSEUDO_MAP_VALUE</c>).</summary>
    MapValue = 2,

    /// <summary>Address of a kernel variable by BTF id (<c>BPF_PSEUDO_BTF_ID</c>).</summary>
    BtfId = 3,

    /// <summary>Address of a function of this program (<c>BPF_PSEUDO_FUNC</c>).</summary>
    Function = 4,
}
