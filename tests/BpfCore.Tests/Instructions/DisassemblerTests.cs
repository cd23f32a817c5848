using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.Instructions;

public class DisassemblerTests
{
    private static readonly BpfInstruction[] s_program = new InstructionBuilder()
        .Load64(BpfRegister.R1, 0x1_0000_0002)
        .Move(BpfRegister.R0, 0)
        .Exit()
        .ToArray();

    [Fact]
    public void MoveNext_WideLoad_TakesTwoSlots()
    {
        List<DisassembledInstruction> listing = [];
        foreach (DisassembledInstruction line in new Disassembler(s_program))
        {
            listing.Add(line);
        }

        Assert.Equal(
            [new(0, 2, "r1 = 4294967298 ll"), new(2, 1, "r0 = 0"), new(3, 1, "exit")], listing);
    }

    [Fact]
    public void MoveNext_NoSlots_IsFalse() => Assert.False(new Disassembler([]).MoveNext());

    [Fact]
    public void List_WideLoad_ShowsSixteenBytes() =>
        Assert.Equal(
            """
                   0:	18 01 00 00 02 00 00 00 00 00 00 00 01 00 00 00	r1 = 4294967298 ll
                   2:	b7 00 00 00 00 00 00 00	r0 = 0
                   3:	95 00 00 00 00 00 00 00	exit

            """,
            Disassembler.List(s_program));
}
