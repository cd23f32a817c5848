namespace BpfCore.Instructions;

/// <summary>Text of loads and stores.</summary>
internal static class MemoryText
{
    public static string FormatLoad(BpfInstruction instruction, BpfInstruction next)
    {
        if (instruction.IsLoadImmediate64)
        {
            return FormatLoad64(instruction, next);
        }

        bool hasSize = instruction.Opcode.Size != BpfSize.DoubleWord;
        return instruction.Opcode.Mode switch
        {
            BpfMode.Absolute when hasSize => $"r0 = *({Unsigned(instruction)} *)skb[{instruction.Immediate}]",
            BpfMode.Indirect when hasSize => $"r0 = *({Unsigned(instruction)} *)skb[r{(byte)instruction.Source}]",
            _ => InstructionFormatter.Unknown,
        };
    }

    public static string FormatLoadMemory(BpfInstruction instruction)
    {
        string address = Address(instruction.Source, instruction.Offset);
        return instruction.Opcode.Mode switch
        {
            BpfMode.Memory => $"r{(byte)instruction.Destination} = *({Unsigned(instruction)} *){address}",
            BpfMode.MemorySignExtended when instruction.Opcode.Size != BpfSize.DoubleWord =>
                $"r{(byte)instruction.Destination} = *(s{Bits(instruction.Opcode.Size)} *){address}",
            _ => InstructionFormatter.Unknown,
        };
    }

    public static string FormatStoreImmediate(BpfInstruction instruction) =>
        instruction.Opcode.Mode == BpfMode.Memory
            ? $"{Target(instruction)} = {instruction.Immediate}"
            : InstructionFormatter.Unknown;

    public static string FormatStoreRegister(BpfInstruction instruction) => instruction.Opcode.Mode switch
    {
        BpfMode.Memory => $"{Target(instruction)} = r{(byte)instruction.Source}",
        BpfMode.Atomic => AtomicText.Format(instruction),
        _ => InstructionFormatter.Unknown,
    };

    /// <summary>Where a load or store goes: <c>(r10 - 8)</c>.</summary>
    public static string Address(BpfRegister register, short offset) =>
        $"(r{(byte)register} {Displacement(offset)})";

    /// <summary>A displacement as an operation: <c>- 8</c>.</summary>
    public static string Displacement(short offset) => offset < 0 ? $"- {-offset}" : $"+ {offset}";

    /// <summary>What is accessed, as C names it: <c>u32</c>.</summary>
    public static string Unsigned(BpfInstruction instruction) => $"u{Bits(instruction.Opcode.Size)}";

    private static string Target(BpfInstruction instruction) =>
        $"*({Unsigned(instruction)} *){Address(instruction.Destination, instruction.Offset)}";

    private static int Bits(BpfSize size) => size switch
    {
        BpfSize.Byte => 8,
        BpfSize.HalfWord => 16,
        BpfSize.Word => 32,
        _ => 64,
    };

    // LLVM leaves out the second half of map values (their offset); nothing else would show it.
    private static string FormatLoad64(BpfInstruction first, BpfInstruction second)
    {
        byte register = (byte)first.Destination;
        if (first.PseudoSource == PseudoSource.None)
        {
            long value = unchecked((uint)first.Immediate | ((long)second.Immediate << 32));
            return $"r{register} = {value} ll";
        }

        string text = $"ld_pseudo r{register}, {(byte)first.PseudoSource}, {first.Immediate}";
        return second.Immediate == 0 ? text : $"{text}, {second.Immediate}";
    }
}
