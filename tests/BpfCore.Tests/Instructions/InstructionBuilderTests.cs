using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.Instructions;

public class InstructionBuilderTests
{
    [Fact]
    public void Build_EveryVerb_GivesItsInstruction()
    {
        BpfInstruction[] program = new InstructionBuilder()
            .Move(BpfRegister.R1, -1)
            .Move(BpfRegister.R2, BpfRegister.R10)
            .Increase(BpfRegister.R2, -8)
            .Load64(BpfRegister.R3, ulong.MaxValue)
            .Load64(BpfRegister.R3, PseudoSource.MapValue, 5, 16)
            .Load(BpfSize.Word, BpfRegister.R0, BpfRegister.R1, 4)
            .Store(BpfSize.DoubleWord, BpfRegister.R10, -8, BpfRegister.R0)
            .Store(BpfSize.Byte, BpfRegister.R10, -9, 7)
            .Jump(-1)
            .JumpIfEqual(BpfRegister.R0, 0, 2)
            .JumpIfNotEqual(BpfRegister.R0, 1, 1)
            .Call(14)
            .Call(PseudoCall.KernelFunction, 1234, 1)
            .Exit()
            .ToArray();

        Assert.Equal(
            [
                "r1 = -1", "r2 = r10", "r2 += -8", "r3 = -1 ll", "ld_pseudo r3, 2, 5, 16", "r0 = *(u32 *)(r1 + 4)",
                "*(u64 *)(r10 - 8) = r0", "*(u8 *)(r10 - 9) = 7", "goto -1", "if r0 == 0 goto +2",
                "if r0 != 1 goto +1", "call 14", "call 1234", "exit",
            ],
            Texts(program));
        Assert.Equal(1, program[^2].Offset);
    }

    [Fact]
    public void Count_WideLoad_CountsSlots() =>
        Assert.Equal(2, new InstructionBuilder().Load64(BpfRegister.R1, 1).Count);

    private static List<string> Texts(BpfInstruction[] program)
    {
        List<string> texts = [];
        foreach (DisassembledInstruction line in new Disassembler(program))
        {
            texts.Add(line.Text);
        }

        return texts;
    }
}
