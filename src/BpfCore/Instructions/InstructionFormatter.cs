namespace BpfCore.Instructions;

/// <summary>Writes instructions in the notation of llvm-objdump, numbers in decimal.</summary>
/// <remarks>
/// It is what <c>llvm-objdump -d</c> of LLVM 14 prints, without the labels; instructions that came later (BPF v4) look
/// as in LLVM 19 and 20. Fields that an instruction does not use are not looked at.
/// </remarks>
public static class InstructionFormatter
{
    /// <summary>What stands for an instruction that does not exist.</summary>
    internal const string Unknown = "<unknown>";

    /// <summary>One instruction; of a 64-bit immediate load, the first slot alone, its upper half taken as 0.</summary>
    /// <param name="instruction">The instruction.</param>
    public static string Format(BpfInstruction instruction) => Format(instruction, default);

    /// <summary>One instruction that may take two slots.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="next">The slot after it; looked at only for a 64-bit immediate load.</param>
    public static string Format(BpfInstruction instruction, BpfInstruction next) => instruction.Opcode.Class switch
    {
        BpfClass.Alu or BpfClass.Alu64 => ArithmeticText.Format(instruction),
        BpfClass.Jump or BpfClass.Jump32 => JumpText.Format(instruction),
        BpfClass.Load => MemoryText.FormatLoad(instruction, next),
        BpfClass.LoadMemory => MemoryText.FormatLoadMemory(instruction),
        BpfClass.StoreImmediate => MemoryText.FormatStoreImmediate(instruction),
        _ => MemoryText.FormatStoreRegister(instruction),
    };

    /// <summary>A register, <c>r1</c> or the lower half of it, <c>w1</c>.</summary>
    internal static string Register(char width, BpfRegister register) => $"{width}{(byte)register}";

    /// <summary>A number with its sign in front, also when that is +.</summary>
    internal static string Signed(int number) => number < 0 ? $"{number}" : $"+{number}";
}
