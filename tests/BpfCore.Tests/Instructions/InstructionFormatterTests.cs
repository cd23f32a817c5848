using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.Instructions;

public class InstructionFormatterTests
{
    [Fact]
    public void Disassemble_EveryVector_GivesItsText()
    {
        List<string> failures = [];
        int count = 0;
        foreach (InstructionVector vector in InstructionVector.ReadAll())
        {
            count++;
            Disassembler disassembler = new(vector.Slots);
            string text = disassembler.MoveNext() ? disassembler.Current.Text : "nothing";
            if (text != vector.Text)
            {
                failures.Add(vector.Failure($"expected '{vector.Text}', found '{text}'"));
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(count > 100, $"only {count} vectors");
    }

    [Fact]
    public void Format_EveryOpcodeByte_GivesText()
    {
        for (int opcode = 0; opcode <= byte.MaxValue; opcode++)
        {
            BpfInstruction instruction = new(
                new BpfOpcode((byte)opcode), (BpfRegister)15, (BpfRegister)15, short.MinValue, int.MinValue);
            Assert.NotEmpty(InstructionFormatter.Format(instruction));
        }
    }

    [Fact]
    public void Format_FirstSlotOfLoadAlone_TakesUpperHalfAsZero() =>
        Assert.Equal("r1 = 4294967295 ll", InstructionFormatter.Format(new BpfInstruction(
            BpfOpcode.LoadImmediate64, BpfRegister.R1, immediate: -1)));

    [Fact]
    public void ToString_Instruction_IsItsText() =>
        Assert.Equal("exit", new BpfInstruction(BpfOpcode.Exit).ToString());
}
