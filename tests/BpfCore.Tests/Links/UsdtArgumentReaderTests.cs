using BpfCore.Links;
using Xunit;
using Machine = System.Runtime.InteropServices.Architecture;

namespace BpfCore.Tests.Links;

public class UsdtArgumentReaderTests
{
    // Offsets of struct pt_regs on x86-64.
    private const int Rbp = 32;
    private const int Rax = 80;
    private const int Rdi = 112;
    private const int Rsp = 152;

    [Fact]
    public void Read_EveryPlaceOfX64_TellsKindSizeAndRegisters()
    {
        UsdtArgument[] arguments = UsdtArgumentReader.Read(
            "-4@%edi 8@$-71 -8@-20(%rbp) 2@(%rsp) 1@-96(%rbp,%rax,8) 1@(%rbp,%rax)", Machine.X64);

        Assert.Equal(
            [
                new UsdtArgument(UsdtArgumentKind.Register, 4, IsSigned: true, Register: Rdi),
                new UsdtArgument(UsdtArgumentKind.Constant, 8, IsSigned: false, Value: -71),
                new UsdtArgument(UsdtArgumentKind.Memory, 8, IsSigned: true, -20, Rbp),
                new UsdtArgument(UsdtArgumentKind.Memory, 2, IsSigned: false, 0, Rsp),
                new UsdtArgument(UsdtArgumentKind.ScaledMemory, 1, IsSigned: false, -96, Rbp, Rax, ScaleShift: 3),
                new UsdtArgument(UsdtArgumentKind.ScaledMemory, 1, IsSigned: false, 0, Rbp, Rax),
            ],
            arguments);
    }

    [Fact]
    public void Read_EveryPlaceOfArm64_TellsKindSizeAndRegisters()
    {
        UsdtArgument[] arguments = UsdtArgumentReader.Read("-8@x4 4@5 -4@[sp, 96] 8@[x30]", Machine.Arm64);

        Assert.Equal(
            [
                new UsdtArgument(UsdtArgumentKind.Register, 8, IsSigned: true, Register: 32),
                new UsdtArgument(UsdtArgumentKind.Constant, 4, IsSigned: false, Value: 5),
                new UsdtArgument(UsdtArgumentKind.Memory, 4, IsSigned: true, 96, 248),
                new UsdtArgument(UsdtArgumentKind.Memory, 8, IsSigned: false, 0, 240),
            ],
            arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Read_ProbeWithoutArguments_GivesNone(string text) =>
        Assert.Empty(UsdtArgumentReader.Read(text, Machine.X64));

    [Theory]
    [InlineData("8@%xmm0", "no register of X64 (xmm0)")]
    [InlineData("3@%rax", "a size of 3 bytes")]
    [InlineData("8@(%rax,%rbx,3)", "a scale of 3")]
    [InlineData("8f@%rax", "no '@'")]
    [InlineData("8@", "no number")]
    [InlineData("8@16(%rax", "no ')'")]
    [InlineData("8@99999999999999999999(%rax)", "no number")]
    public void Read_UnknownPlace_QuotesIt(string text, string problem)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => UsdtArgumentReader.Read(text, Machine.X64));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Contains(text, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThirteenArguments_AreTooMany()
    {
        string text = string.Join(' ', Enumerable.Repeat("8@$1", 13));

        Assert.Throws<InvalidOperationException>(() => UsdtArgumentReader.Read(text, Machine.X64));
    }
}
