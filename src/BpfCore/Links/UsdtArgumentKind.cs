namespace BpfCore.Links;

/// <summary>Where an argument of a USDT probe is, with libbpf's numbers (<c>usdt.bpf.h</c>).</summary>
internal enum UsdtArgumentKind : byte
{
    /// <summary>It is a constant.</summary>
    Constant = 0,

    /// <summary>In a register.</summary>
    Register = 1,

    /// <summary>In memory, at a register and an offset.</summary>
    Memory = 2,

    /// <summary>In memory, at a register, a second one that is scaled, and an offset (libbpf 1.7).</summary>
    ScaledMemory = 3,
}
