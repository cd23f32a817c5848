using static BpfCore.Instructions.InstructionNative;

namespace BpfCore.Instructions;

/// <summary>Text of arithmetic and moves.</summary>
internal static class ArithmeticText
{
    public static string Format(BpfInstruction instruction)
    {
        char width = instruction.Opcode.Class == BpfClass.Alu64 ? 'r' : 'w';
        string destination = InstructionFormatter.Register(width, instruction.Destination);
        return instruction.Opcode.Operation switch
        {
            BPF_END => FormatByteSwap(instruction),
            BPF_NEG => $"{destination} = -{destination}",
            BPF_MOV when instruction.Opcode.HasRegisterOperand => FormatMove(instruction, width, destination),
            _ => Sign(instruction) is { } sign
                ? $"{destination} {sign} {Operand(instruction, width)}"
                : InstructionFormatter.Unknown,
        };
    }

    // The offset tells the kinds of one operation apart: signed division, sign extension, address spaces.
    private static string? Sign(BpfInstruction instruction) => (instruction.Opcode.Operation, instruction.Offset) switch
    {
        (BPF_ADD, _) => "+=",
        (BPF_SUB, _) => "-=",
        (BPF_MUL, _) => "*=",
        (BPF_DIV, 0) => "/=",
        (BPF_DIV, 1) => "s/=",
        (BPF_MOD, 0) => "%=",
        (BPF_MOD, 1) => "s%=",
        (BPF_OR, _) => "|=",
        (BPF_AND, _) => "&=",
        (BPF_XOR, _) => "^=",
        (BPF_LSH, _) => "<<=",
        (BPF_RSH, _) => ">>=",
        (BPF_ARSH, _) => "s>>=",
        (BPF_MOV, _) => "=",
        _ => null,
    };

    private static string Operand(BpfInstruction instruction, char width) => instruction.Opcode.HasRegisterOperand
        ? InstructionFormatter.Register(width, instruction.Source)
        : $"{instruction.Immediate}";

    private static string FormatMove(BpfInstruction instruction, char width, string destination)
    {
        string source = InstructionFormatter.Register(width, instruction.Source);
        return instruction.Offset switch
        {
            0 => $"{destination} = {source}",
            8 or 16 => $"{destination} = (s{instruction.Offset}){source}",
            32 when width == 'r' => $"{destination} = (s32){source}",
            BPF_ADDR_SPACE_CAST when width == 'r' =>
                $"{destination} = addr_space_cast({source}, "
                + $"{instruction.Immediate >>> 16}, {instruction.Immediate & 0xFFFF})",
            _ => InstructionFormatter.Unknown,
        };
    }

    private static string FormatByteSwap(BpfInstruction instruction)
    {
        bool isRegisterForm = instruction.Opcode.HasRegisterOperand;
        string? order = (instruction.Opcode.Class, isRegisterForm) switch
        {
            (BpfClass.Alu, false) => "le",
            (BpfClass.Alu, true) => "be",
            (BpfClass.Alu64, false) => "bswap",
            _ => null,
        };
        string register = InstructionFormatter.Register('r', instruction.Destination);
        return order is not null && instruction.Immediate is 16 or 32 or 64
            ? $"{register} = {order}{instruction.Immediate} {register}"
            : InstructionFormatter.Unknown;
    }
}
