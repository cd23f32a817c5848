using static BpfCore.Instructions.InstructionNative;

namespace BpfCore.Instructions;

/// <summary>Text of atomic operations (<c>BPF_STX | BPF_ATOMIC</c>); the immediate says which one.</summary>
internal static class AtomicText
{
    public static string Format(BpfInstruction instruction)
    {
        bool isWide = instruction.Opcode.Size == BpfSize.DoubleWord;
        char width = isWide ? 'r' : 'w';
        if (instruction.Immediate is BPF_LOAD_ACQ or BPF_STORE_REL)
        {
            return FormatOrdered(instruction, width);
        }

        return isWide || instruction.Opcode.Size == BpfSize.Word
            ? FormatModification(instruction, width)
            : InstructionFormatter.Unknown;
    }

    private static string FormatModification(BpfInstruction instruction, char width)
    {
        string source = InstructionFormatter.Register(width, instruction.Source);
        string suffix = width == 'r' ? "_64" : "32_32";
        string place = $"r{(byte)instruction.Destination} {MemoryText.Displacement(instruction.Offset)}";
        string pointer = $"({MemoryText.Unsigned(instruction)} *)({place})";
        return instruction.Immediate switch
        {
            BPF_XCHG => $"{source} = xchg{suffix}({place}, {source})",
            BPF_CMPXCHG => $"{width}0 = cmpxchg{suffix}({place}, {width}0, {source})",
            BPF_ADD => $"lock *{pointer} += {source}",
            BPF_OR => $"lock *{pointer} |= {source}",
            BPF_AND => $"lock *{pointer} &= {source}",
            BPF_XOR => $"lock *{pointer} ^= {source}",
            BPF_ADD | BPF_FETCH => $"{source} = atomic_fetch_add({pointer}, {source})",
            BPF_OR | BPF_FETCH => $"{source} = atomic_fetch_or({pointer}, {source})",
            BPF_AND | BPF_FETCH => $"{source} = atomic_fetch_and({pointer}, {source})",
            BPF_XOR | BPF_FETCH => $"{source} = atomic_fetch_xor({pointer}, {source})",
            _ => InstructionFormatter.Unknown,
        };
    }

    private static string FormatOrdered(BpfInstruction instruction, char width)
    {
        string type = MemoryText.Unsigned(instruction);
        string load = MemoryText.Address(instruction.Source, instruction.Offset);
        string store = MemoryText.Address(instruction.Destination, instruction.Offset);
        return instruction.Immediate == BPF_LOAD_ACQ
            ? $"{width}{(byte)instruction.Destination} = load_acquire(({type} *){load})"
            : $"store_release(({type} *){store}, {width}{(byte)instruction.Source})";
    }
}
