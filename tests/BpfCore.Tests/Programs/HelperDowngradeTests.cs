using BpfCore.Instructions;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.Tests.Programs;

public class HelperDowngradeTests
{
    [Theory]
    [InlineData(112, 4)] // probe_read_user
    [InlineData(113, 4)] // probe_read_kernel
    [InlineData(114, 45)] // probe_read_user_str
    [InlineData(115, 45)] // probe_read_kernel_str
    public void Apply_CallOfANewerHelper_CallsTheOlderOne(int newer, int older)
    {
        BpfInstruction[] code = [new(BpfOpcode.Call, immediate: newer), new(BpfOpcode.Exit)];

        Assert.True(HelperDowngrade.Apply(code));
        Assert.Equal(older, code[0].Immediate);
    }

    [Fact]
    public void Apply_OtherInstructionsWithSuchANumber_LeavesThem()
    {
        BpfInstruction[] code =
        [
            new(BpfOpcode.Call, immediate: 14),
            new(BpfOpcode.Call, source: (BpfRegister)PseudoCall.Subprogram, immediate: 113),
            new(BpfOpcode.MoveImmediate, BpfRegister.R0, immediate: 113),
        ];
        BpfInstruction[] before = [.. code];

        Assert.False(HelperDowngrade.Apply(code));
        Assert.Equal(before, code);
    }
}
