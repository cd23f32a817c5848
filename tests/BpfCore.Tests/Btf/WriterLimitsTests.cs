using BpfCore.Btf;
using BpfCore.Btf.CSyntax;
using Xunit;

namespace BpfCore.Tests.Btf;

/// <summary>What ends the writing of types that no kernel has.</summary>
public sealed class WriterLimitsTests
{
    private readonly BtfType _type = SomeType();

    [Fact]
    public void Check_StepsOverTypes_EndAfterThirtyMillion()
    {
        WriterLimits limits = new();
        for (int step = 0; step < 30_000_000; step++)
        {
            limits.Check(_type, level: 0);
        }

        Assert.Contains(
            "more text than the types of any kernel",
            Assert.Throws<BpfFormatException>(() => limits.Check(_type, level: 0)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void Check_LevelsOfTypes_EndAtTwoHundred(int level, bool isRefused) =>
        Assert.Equal(isRefused, Record.Exception(() => new WriterLimits().Check(_type, level)) is BpfFormatException);

    private static BtfType SomeType()
    {
        BtfBuilder builder = new();
        uint number = builder.Int("int", 4);
        return builder.Read()[new BtfTypeId(number)];
    }
}
