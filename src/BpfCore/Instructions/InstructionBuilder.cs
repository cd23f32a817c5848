using static BpfCore.Instructions.InstructionNative;

namespace BpfCore.Instructions;

/// <summary>Writes small programs: feature probes and tests.</summary>
/// <remarks>Jumps are counted in slots from the next instruction, as in the kernel; there are no labels.</remarks>
public sealed class InstructionBuilder
{
    private readonly List<BpfInstruction> _slots = [];

    /// <summary>Number of slots so far.</summary>
    public int Count => _slots.Count;

    /// <summary>Any instruction.</summary>
    /// <param name="instruction">One slot.</param>
    public InstructionBuilder Add(BpfInstruction instruction)
    {
        _slots.Add(instruction);
        return this;
    }

    /// <summary><c>rD = number</c>, sign-extended to 64 bits.</summary>
    /// <param name="destination">Register to set.</param>
    /// <param name="number">The number.</param>
    public InstructionBuilder Move(BpfRegister destination, int number) =>
        Add(new BpfInstruction(BpfOpcode.MoveImmediate, destination, immediate: number));

    /// <summary><c>rD = rS</c>.</summary>
    /// <param name="destination">Register to set.</param>
    /// <param name="source">Register to copy.</param>
    public InstructionBuilder Move(BpfRegister destination, BpfRegister source) =>
        Add(new BpfInstruction(BpfOpcode.MoveRegister, destination, source));

    /// <summary><c>rD += number</c>.</summary>
    /// <param name="destination">Register to change.</param>
    /// <param name="number">The number to add.</param>
    public InstructionBuilder Increase(BpfRegister destination, int number) =>
        Add(new BpfInstruction(Arithmetic(BPF_ADD), destination, immediate: number));

    /// <summary><c>rD = value ll</c>, two slots.</summary>
    /// <param name="destination">Register to set.</param>
    /// <param name="value">The 64 bits.</param>
    public InstructionBuilder Load64(BpfRegister destination, ulong value) =>
        Load64(destination, PseudoSource.None, unchecked((int)value), unchecked((int)(value >> 32)));

    /// <summary>A 64-bit load whose immediates the kernel replaces, two slots.</summary>
    /// <param name="destination">Register to set.</param>
    /// <param name="meaning">What the immediates mean.</param>
    /// <param name="first">Immediate of the first slot: a file descriptor, or a distance to a function.</param>
    /// <param name="second">Immediate of the second slot: an offset inside a map's value.</param>
    public InstructionBuilder Load64(BpfRegister destination, PseudoSource meaning, int first, int second = 0) =>
        Add(new BpfInstruction(BpfOpcode.LoadImmediate64, destination, (BpfRegister)meaning, immediate: first))
            .Add(new BpfInstruction(default, immediate: second));

    /// <summary><c>rD = *(size *)(rS + offset)</c>.</summary>
    /// <param name="size">Size of the access.</param>
    /// <param name="destination">Register to set.</param>
    /// <param name="source">Register that holds the address.</param>
    /// <param name="offset">Distance from that address in bytes.</param>
    public InstructionBuilder Load(BpfSize size, BpfRegister destination, BpfRegister source, short offset) =>
        Add(new BpfInstruction(Memory(BpfClass.LoadMemory, size), destination, source, offset));

    /// <summary><c>*(size *)(rD + offset) = rS</c>.</summary>
    /// <param name="size">Size of the access.</param>
    /// <param name="destination">Register that holds the address.</param>
    /// <param name="offset">Distance from that address in bytes.</param>
    /// <param name="source">Register to store.</param>
    public InstructionBuilder Store(BpfSize size, BpfRegister destination, short offset, BpfRegister source) =>
        Add(new BpfInstruction(Memory(BpfClass.StoreRegister, size), destination, source, offset));

    /// <summary><c>*(size *)(rD + offset) = number</c>.</summary>
    /// <param name="size">Size of the access.</param>
    /// <param name="destination">Register that holds the address.</param>
    /// <param name="offset">Distance from that address in bytes.</param>
    /// <param name="number">The number to store.</param>
    public InstructionBuilder Store(BpfSize size, BpfRegister destination, short offset, int number) =>
        Add(new BpfInstruction(Memory(BpfClass.StoreImmediate, size), destination, 0, offset, number));

    /// <summary><c>goto offset</c>.</summary>
    /// <param name="offset">Slots to jump over; negative to go back.</param>
    public InstructionBuilder Jump(short offset) => Add(new BpfInstruction(JumpOpcode(BPF_JA), offset: offset));

    /// <summary><c>if rD == number goto offset</c>.</summary>
    /// <param name="register">Register to compare.</param>
    /// <param name="number">The number to compare with.</param>
    /// <param name="offset">Slots to jump over; negative to go back.</param>
    public InstructionBuilder JumpIfEqual(BpfRegister register, int number, short offset) =>
        Add(new BpfInstruction(JumpOpcode(BPF_JEQ), register, 0, offset, number));

    /// <summary><c>if rD != number goto offset</c>.</summary>
    /// <param name="register">Register to compare.</param>
    /// <param name="number">The number to compare with.</param>
    /// <param name="offset">Slots to jump over; negative to go back.</param>
    public InstructionBuilder JumpIfNotEqual(BpfRegister register, int number, short offset) =>
        Add(new BpfInstruction(JumpOpcode(BPF_JNE), register, 0, offset, number));

    /// <summary>Calls a helper.</summary>
    /// <param name="helper">Its number (<c>BPF_FUNC_*</c>).</param>
    public InstructionBuilder Call(int helper) => Call(PseudoCall.Helper, helper);

    /// <summary>Calls a helper, a function of the same program, or one of the kernel.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="number">Number of the helper, distance to the function in slots, or BTF id.</param>
    /// <param name="offset">For a kernel function, its module's place among the file descriptors; else 0.</param>
    public InstructionBuilder Call(PseudoCall callee, int number, short offset = 0) =>
        Add(new BpfInstruction(BpfOpcode.Call, 0, (BpfRegister)callee, offset, number));

    /// <summary><c>exit</c>: returns r0.</summary>
    public InstructionBuilder Exit() => Add(new BpfInstruction(BpfOpcode.Exit));

    /// <summary>The program so far.</summary>
    public BpfInstruction[] ToArray() => [.. _slots];

    private static BpfOpcode Arithmetic(byte operation) => new((byte)((byte)BpfClass.Alu64 | operation));

    private static BpfOpcode JumpOpcode(byte operation) => new((byte)((byte)BpfClass.Jump | operation));

    private static BpfOpcode Memory(BpfClass instructionClass, BpfSize size) =>
        BpfOpcode.Memory(instructionClass, BpfMode.Memory, size);
}
