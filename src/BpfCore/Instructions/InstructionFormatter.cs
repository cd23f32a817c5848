namespace BpfCore.Instructions;

/// <summary>Writes instructions in the notation of llvm-objdump.</summary>
public static class InstructionFormatter
{
    /// <summary>One instruction; of a 64-bit immediate load, the first slot alone.</summary>
    /// <param name="instruction">The instruction.</param>
    public static string Format(BpfInstruction instruction) => instruction.ToUInt64().ToString("x16");
}
