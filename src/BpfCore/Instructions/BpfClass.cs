namespace BpfCore.Instructions;

/// <summary>Instruction classes (<c>BPF_CLASS</c>).</summary>
public enum BpfClass : byte
{
    /// <summary><c>BPF_LD</c>: 64-bit immediate and packet loads.</summary>
    Load = 0,

    /// <summary><c>BPF_LDX</c>: load from memory.</summary>
    LoadMemory = 1,

    /// <summary><c>BPF_ST</c>: store of an immediate.</summary>
    StoreImmediate = 2,

    /// <summary><c>BPF_STX</c>: store of a register, atomic operations.</summary>
    StoreRegister = 3,

    /// <summary><c>BPF_ALU</c>: 32-bit arithmetic.</summary>
    Alu = 4,

    /// <summary><c>BPF_JMP</c>: jumps that compare 64 bits, calls, exit.</summary>
    Jump = 5,

    /// <summary><c>BPF_JMP32</c>: jumps that compare 32 bits.</summary>
    Jump32 = 6,

    /// <summary><c>BPF_ALU64</c>: 64-bit arithmetic.</summary>
    Alu64 = 7,
}
