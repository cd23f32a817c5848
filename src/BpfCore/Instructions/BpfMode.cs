namespace BpfCore.Instructions;

/// <summary>Modes of loads and stores (<c>BPF_MODE</c>), their bits in place.</summary>
public enum BpfMode : byte
{
    /// <summary><c>BPF_IMM</c>: 64-bit immediate.</summary>
    Immediate = 0x00,

    /// <summary><c>BPF_ABS</c>: packet byte at a fixed offset.</summary>
    Absolute = 0x20,

    /// <summary><c>BPF_IND</c>: packet byte at a computed offset.</summary>
    Indirect = 0x40,

    /// <summary><c>BPF_MEM</c>: memory.</summary>
    Memory = 0x60,

    /// <summary><c>BPF_MEMSX</c>: memory, sign-extended.</summary>
    MemorySignExtended = 0x80,

    /// <summary><c>BPF_ATOMIC</c>: atomic read-modify-write.</summary>
    Atomic = 0xC0,
}
