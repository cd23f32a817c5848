namespace BpfCore.Instructions;

/// <summary>The opcode byte of an instruction.</summary>
/// <remarks>
/// <code>
/// arithmetic and jumps            loads and stores
///  7        4   3   2     0        7     5 4    3 2     0
/// +----------+-----+-------+      +-------+------+-------+
/// |   code   |  s  | class |      | mode  | size | class |
/// +----------+-----+-------+      +-------+------+-------+
/// s: 0 immediate operand (BPF_K), 1 source register (BPF_X)
/// </code>
/// </remarks>
/// <param name="Value">The byte.</param>
public readonly record struct BpfOpcode(byte Value)
{
    private const byte ClassMask = 0x07;
    private const byte SourceBit = 0x08;
    private const byte OperationMask = 0xF0;
    private const byte SizeMask = 0x18;
    private const byte ModeMask = 0xE0;

    /// <summary>First slot of a 64-bit immediate load, <c>BPF_LD | BPF_IMM | BPF_DW</c>.</summary>
    public static BpfOpcode LoadImmediate64 => new(0x18);

    /// <summary><c>BPF_JMP | BPF_CALL</c>.</summary>
    public static BpfOpcode Call => new(0x85);

    /// <summary><c>BPF_JMP | BPF_EXIT</c>.</summary>
    public static BpfOpcode Exit => new(0x95);

    /// <summary>Move of an immediate into a 64-bit register, <c>BPF_ALU64 | BPF_MOV | BPF_K</c>.</summary>
    public static BpfOpcode MoveImmediate => new(0xB7);

    /// <summary>Move between 64-bit registers, <c>BPF_ALU64 | BPF_MOV | BPF_X</c>.</summary>
    public static BpfOpcode MoveRegister => new(0xBF);

    /// <summary>Instruction class (<c>BPF_CLASS</c>).</summary>
    public BpfClass Class => (BpfClass)(Value & ClassMask);

    /// <summary>True when the second operand is a register (<c>BPF_X</c>), in arithmetic and jumps.</summary>
    public bool HasRegisterOperand => (Value & SourceBit) != 0;

    /// <summary>Operation of an arithmetic or jump instruction (<c>BPF_OP</c>), its bits in place.</summary>
    public byte Operation => (byte)(Value & OperationMask);

    /// <summary>Mode of a load or store (<c>BPF_MODE</c>), its bits in place.</summary>
    public BpfMode Mode => (BpfMode)(Value & ModeMask);

    /// <summary>Size of a load or store (<c>BPF_SIZE</c>), its bits in place.</summary>
    public BpfSize Size => (BpfSize)(Value & SizeMask);

    /// <summary>True for the arithmetic classes.</summary>
    public bool IsArithmetic => Class is BpfClass.Alu or BpfClass.Alu64;

    /// <summary>True for the jump classes, calls and exits included.</summary>
    public bool IsJump => Class is BpfClass.Jump or BpfClass.Jump32;

    /// <summary>The same load or store with another size.</summary>
    /// <param name="size">The new size.</param>
    public BpfOpcode WithSize(BpfSize size) => new((byte)((Value & ~SizeMask) | (byte)size));

    /// <summary>The opcode of a load or store.</summary>
    /// <param name="instructionClass">Class.</param>
    /// <param name="mode">Mode.</param>
    /// <param name="size">Size of the access.</param>
    public static BpfOpcode Memory(BpfClass instructionClass, BpfMode mode, BpfSize size) =>
        new((byte)((byte)instructionClass | (byte)mode | (byte)size));

    /// <summary>The byte in hexadecimal.</summary>
    public override string ToString() => $"0x{Value:x2}";
}
