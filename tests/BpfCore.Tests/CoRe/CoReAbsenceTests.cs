using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>What each kind gives when the target does not have what it asks for.</summary>
public class CoReAbsenceTests
{
    [Theory]
    [InlineData(CoReRelocationKind.FieldByteOffset)]
    [InlineData(CoReRelocationKind.FieldByteSize)]
    [InlineData(CoReRelocationKind.FieldSigned)]
    [InlineData(CoReRelocationKind.FieldLeftShift)]
    [InlineData(CoReRelocationKind.FieldRightShift)]
    public void Resolve_FieldThatIsNotThere_IsPoison(CoReRelocationKind kind)
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", test.Local.Int("int", 4), 0));
        test.Target.Struct("thing", 0);

        Assert.True(test.Resolve(kind, type, "0:0").IsPoison);
    }

    [Fact]
    public void Resolve_ExistenceOfFieldThatIsNotThere_IsZero()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", test.Local.Int("int", 4), 0));

        Assert.Equal(0UL, test.Number(CoReRelocationKind.FieldExists, type, "0:0"));
    }

    [Theory]
    [InlineData(CoReRelocationKind.TypeIdTarget)]
    [InlineData(CoReRelocationKind.TypeExists)]
    [InlineData(CoReRelocationKind.TypeSize)]
    [InlineData(CoReRelocationKind.TypeMatches)]
    public void Resolve_TypeThatIsNotThere_IsZero(CoReRelocationKind kind)
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4);

        Assert.Equal(0UL, test.Number(kind, type, "0"));
    }

    [Fact]
    public void Resolve_NumberOfEnumValueThatIsNotThere_IsPoison()
    {
        CoReCase test = new();
        uint type = test.Local.Enum("color", ("RED", 1));
        test.Target.Enum("color", ("BLUE", 1));

        Assert.True(test.Resolve(CoReRelocationKind.EnumValue, type, "0").IsPoison);
        Assert.False(test.Exists(CoReRelocationKind.EnumValueExists, type));
    }

    [Fact]
    public void Resolve_TargetTypeId_DoesNotExpectTheOldOne()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4);
        test.Target.Int("int", 4);
        uint expected = test.Target.Struct("thing", 4);

        CoReFixup fixup = test.Resolve(CoReRelocationKind.TypeIdTarget, type, "0");

        Assert.Equal(expected, fixup.New.Number);
        Assert.False(fixup.Old.IsExpected);
    }
}
