using static BpfCore.Instructions.InstructionNative;

namespace BpfCore.Instructions;

/// <summary>Text of jumps, calls and exit.</summary>
internal static class JumpText
{
    public static string Format(BpfInstruction instruction)
    {
        BpfOpcode opcode = instruction.Opcode;
        bool isWide = opcode.Class == BpfClass.Jump;
        return (opcode.Operation, isWide, opcode.HasRegisterOperand) switch
        {
            (BPF_JA, true, false) => $"goto {InstructionFormatter.Signed(instruction.Offset)}",
            (BPF_JA, true, true) => $"gotox {InstructionFormatter.Register('r', instruction.Destination)}",
            (BPF_JA, false, false) => $"gotol {InstructionFormatter.Signed(instruction.Immediate)}",
            (BPF_JCOND, true, false) => $"may_goto {InstructionFormatter.Signed(instruction.Offset)}",
            (BPF_CALL, true, false) => $"call {instruction.Immediate}",
            (BPF_CALL, true, true) => $"callx {InstructionFormatter.Register('r', instruction.Destination)}",
            (BPF_EXIT, true, false) => "exit",
            _ => FormatConditional(instruction, isWide ? 'r' : 'w'),
        };
    }

    private static string FormatConditional(BpfInstruction instruction, char width)
    {
        if (Comparison(instruction.Opcode.Operation) is not { } comparison)
        {
            return InstructionFormatter.Unknown;
        }

        string left = InstructionFormatter.Register(width, instruction.Destination);
        string right = instruction.Opcode.HasRegisterOperand
            ? InstructionFormatter.Register(width, instruction.Source)
            : $"{instruction.Immediate}";
        return $"if {left} {comparison} {right} goto {InstructionFormatter.Signed(instruction.Offset)}";
    }

    private static string? Comparison(byte operation) => operation switch
    {
        BPF_JEQ => "==",
        BPF_JNE => "!=",
        BPF_JGT => ">",
        BPF_JGE => ">=",
        BPF_JLT => "<",
        BPF_JLE => "<=",
        BPF_JSET => "&",
        BPF_JSGT => "s>",
        BPF_JSGE => "s>=",
        BPF_JSLT => "s<",
        BPF_JSLE => "s<=",
        _ => null,
    };
}
