using System.Runtime.InteropServices;

namespace BpfCore.Instructions;

/// <summary>One 8-byte instruction slot (<c>struct bpf_insn</c>, include/uapi/linux/bpf.h).</summary>
/// <remarks>
/// <code>
///  63                             32 31             16 15   12 11    8 7       0
/// +---------------------------------+-----------------+-------+-------+---------+
/// |            immediate            |     offset      |  src  |  dst  | opcode  |
/// +---------------------------------+-----------------+-------+-------+---------+
/// </code>
/// A 64-bit immediate load (<c>BPF_LD | BPF_IMM | BPF_DW</c>) takes two slots: the second one holds the upper half of
/// the value in its immediate and nothing else. See Documentation/bpf/standardization/instruction-set.rst.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = SizeInBytes)]
public readonly record struct BpfInstruction
{
    /// <summary>Size of a slot in bytes.</summary>
    public const int SizeInBytes = 8;

    private const int SourceShift = 4;
    private const byte RegisterMask = 0x0F;

    private readonly byte _opcode;
    private readonly byte _registers;
    private readonly short _offset;
    private readonly int _immediate;

    /// <summary>Makes an instruction of its fields.</summary>
    /// <param name="opcode">Operation.</param>
    /// <param name="destination">Destination register.</param>
    /// <param name="source">Source register, or the meaning of the immediate (<see cref="PseudoSource"/>).</param>
    /// <param name="offset">Displacement of a jump in slots, or of a memory access in bytes.</param>
    /// <param name="immediate">Immediate value.</param>
    public BpfInstruction(
        BpfOpcode opcode, BpfRegister destination = 0, BpfRegister source = 0, short offset = 0, int immediate = 0)
    {
        _opcode = opcode.Value;
        _registers = (byte)(((byte)source << SourceShift) | ((byte)destination & RegisterMask));
        _offset = offset;
        _immediate = immediate;
    }

    /// <summary>Operation.</summary>
    public BpfOpcode Opcode => new(_opcode);

    /// <summary>Destination register.</summary>
    public BpfRegister Destination => (BpfRegister)(_registers & RegisterMask);

    /// <summary>Source register.</summary>
    public BpfRegister Source => (BpfRegister)(_registers >> SourceShift);

    /// <summary>The source field of a 64-bit immediate load, read as the meaning of the immediate.</summary>
    public PseudoSource PseudoSource => (PseudoSource)(_registers >> SourceShift);

    /// <summary>The source field of a call, read as what is called.</summary>
    public PseudoCall PseudoCall => (PseudoCall)(_registers >> SourceShift);

    /// <summary>Displacement of a jump in slots, or of a memory access in bytes.</summary>
    public short Offset => _offset;

    /// <summary>Immediate value.</summary>
    public int Immediate => _immediate;

    /// <summary>True for the first slot of a 64-bit immediate load.</summary>
    public bool IsLoadImmediate64 => _opcode == BpfOpcode.LoadImmediate64.Value;

    /// <summary>True for a call of a helper, a subprogram or a kernel function.</summary>
    public bool IsCall => _opcode == BpfOpcode.Call.Value;

    /// <summary>True for a call of another function of the same program (<c>BPF_PSEUDO_CALL</c>).</summary>
    public bool IsSubprogramCall => IsCall && PseudoCall == PseudoCall.Subprogram;

    /// <summary>True for a load of a function's address, for callbacks (<c>BPF_PSEUDO_FUNC</c>).</summary>
    public bool IsFunctionAddress => IsLoadImmediate64 && PseudoSource == PseudoSource.Function;

    /// <summary>The slot as a little-endian number, the form in which observers get it.</summary>
    public ulong ToUInt64() => unchecked(
        _opcode | ((ulong)_registers << 8) | ((ulong)(ushort)_offset << 16) | ((ulong)(uint)_immediate << 32));

    /// <summary>The instruction of a slot given as a little-endian number.</summary>
    /// <param name="value">The slot's 8 bytes.</param>
    public static BpfInstruction FromUInt64(ulong value) => new(
        new BpfOpcode(unchecked((byte)value)),
        (BpfRegister)((value >> 8) & RegisterMask),
        (BpfRegister)((value >> 12) & RegisterMask),
        unchecked((short)(value >> 16)),
        unchecked((int)(value >> 32)));

    /// <summary>The same instruction with another opcode.</summary>
    /// <param name="opcode">The new opcode.</param>
    public BpfInstruction WithOpcode(BpfOpcode opcode) => new(opcode, Destination, Source, _offset, _immediate);

    /// <summary>The same instruction with another immediate.</summary>
    /// <param name="immediate">The new immediate.</param>
    public BpfInstruction WithImmediate(int immediate) => new(Opcode, Destination, Source, _offset, immediate);

    /// <summary>The same instruction with another offset.</summary>
    /// <param name="offset">The new offset.</param>
    public BpfInstruction WithOffset(short offset) => new(Opcode, Destination, Source, offset, _immediate);

    /// <summary>The same instruction with another meaning of its immediate.</summary>
    /// <param name="source">The new content of the source field.</param>
    public BpfInstruction WithPseudoSource(PseudoSource source) =>
        new(Opcode, Destination, (BpfRegister)source, _offset, _immediate);

    /// <summary>The instruction in the notation of llvm-objdump.</summary>
    public override string ToString() => InstructionFormatter.Format(this);
}
