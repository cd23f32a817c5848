namespace BpfCore.Instructions;

/// <summary>One instruction of a listing.</summary>
/// <param name="Index">Position of its first slot.</param>
/// <param name="SlotCount">Slots that it takes: 2 for a 64-bit immediate load, else 1.</param>
/// <param name="Text">The instruction in the notation of llvm-objdump.</param>
public readonly record struct DisassembledInstruction(int Index, int SlotCount, string Text);
