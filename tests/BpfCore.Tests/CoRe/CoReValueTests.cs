using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>The numbers of fields, types and enumeration values that are found.</summary>
public class CoReValueTests
{
    [Theory]
    [InlineData("int", 1u)]
    [InlineData("unsigned", 0u)]
    [InlineData("signed char", 1u)]
    [InlineData("bool", 0u)]
    [InlineData("pointer", 0u)]
    [InlineData("enum a", 0u)]
    public void Resolve_SignOfField_IsThatOfTheTarget(string name, ulong expected)
    {
        CoReCase test = Field(name is "pointer" or "enum a" ? name : "int", name, out uint type);

        Assert.Equal(expected, test.Number(CoReRelocationKind.FieldSigned, type, "0:0"));
    }

    [Fact]
    public void Resolve_SignOfSignedEnum_IsOne()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", test.Local.Enum("e", ("ONE", 1)), 0));
        test.Target.Struct("thing", 4, ("x", test.Target.Enum("e", isSigned: true, ("ONE", 1)), 0));

        Assert.Equal(1UL, test.Number(CoReRelocationKind.FieldSigned, type, "0:0"));
    }

    [Theory]
    [InlineData(CoReRelocationKind.FieldByteSize, 8u)]
    [InlineData(CoReRelocationKind.FieldLeftShift, 0u)]
    [InlineData(CoReRelocationKind.FieldRightShift, 0u)]
    [InlineData(CoReRelocationKind.FieldExists, 1u)]
    public void Resolve_WholeField_HasTheNumberOfTheTarget(CoReRelocationKind kind, ulong expected)
    {
        CoReCase test = Field("int", "long", out uint type);

        CoReFixup fixup = test.Resolve(kind, type, "0:0");

        Assert.Equal(expected, fixup.New.Number);
        Assert.True(fixup.Old.IsExpected);
    }

    [Fact]
    public void Resolve_ShiftsOfSmallField_AreThoseOf64Bits()
    {
        CoReCase test = Field("long", "bool", out uint type);

        Assert.Equal(56UL, test.Number(CoReRelocationKind.FieldLeftShift, type, "0:0"));
        Assert.Equal(56UL, test.Number(CoReRelocationKind.FieldRightShift, type, "0:0"));
    }

    [Fact]
    public void Resolve_TypeSize_IsThatOfTheTarget()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4);
        test.Target.Struct("thing", 1234);

        Assert.Equal(1234UL, test.Number(CoReRelocationKind.TypeSize, type, "0"));
    }

    [Fact]
    public void Resolve_PointersOf32BitKernel_AreFourBytes()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 8, ("x", test.Local.Pointer(0), 0));
        test.Target.Int("long unsigned int", 4);
        test.Target.Struct("thing", 4, ("x", test.Target.Pointer(0), 0));

        CoReFixup fixup = test.Resolve(CoReRelocationKind.FieldByteOffset, type, "0:0");

        Assert.Equal((8u, 4u), (fixup.Old.Size, fixup.New.Size));
        Assert.False(fixup.BreaksMemoryAccess);
    }

    [Theory]
    [InlineData("long", "unsigned", true)] // one of them is signed
    [InlineData("unsigned long", "int", true)]
    [InlineData("unsigned", "unsigned long", false)]
    [InlineData("unsigned", "bool", false)]
    [InlineData("unsigned", "signed char", false)] // libbpf compares the whole encoding
    [InlineData("int", "int", false)] // the size stays
    [InlineData("float", "double", true)]
    [InlineData("struct a", "struct b", true)]
    public void Resolve_FieldOfOtherSize_BreaksTheLoadOrNot(string local, string target, bool isBroken)
    {
        CoReCase test = Field(local, target, out uint type);

        Assert.Equal(isBroken, test.Resolve(CoReRelocationKind.FieldByteOffset, type, "0:0").BreaksMemoryAccess);
    }

    [Theory]
    [InlineData(1, 1UL)]
    [InlineData(-1, ulong.MaxValue)] // also of an unsigned enumeration: libbpf reads 32 bits with sign
    [InlineData(int.MinValue, 0xFFFF_FFFF_8000_0000UL)]
    public void Resolve_EnumValueOf32Bits_IsSignExtended(int value, ulong expected)
    {
        CoReCase test = new();
        uint type = test.Local.Enum("e", ("ONE___old", 7));
        test.Target.Enum("e", ("TWO", 5), ("ONE", value)); // flavours of names do not count

        Assert.Equal(expected, test.Number(CoReRelocationKind.EnumValue, type, "0"));
        Assert.Equal(1UL, test.Number(CoReRelocationKind.EnumValueExists, type, "0"));
    }

    [Fact]
    public void Resolve_EnumValueOf64Bits_IsTakenWhole()
    {
        CoReCase test = new();
        uint type = test.Local.Enum("e", ("ONE", 7));
        test.Target.Enum64("e", ("ONE", 0x1234_5678_9ABC_DEF0));

        Assert.Equal(0x1234_5678_9ABC_DEF0UL, test.Number(CoReRelocationKind.EnumValue, type, "0"));
    }

    private static CoReCase Field(string local, string target, out uint type)
    {
        CoReCase test = new();
        type = test.Local.Struct("thing", 64, ("x", NamedTypes.Add(test.Local, local), 0));
        test.Target.Struct("thing", 64, ("x", NamedTypes.Add(test.Target, target), 0));
        return test;
    }
}
