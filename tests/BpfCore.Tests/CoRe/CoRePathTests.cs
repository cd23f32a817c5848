using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Access strings on the object's own types.</summary>
public class CoRePathTests
{
    [Theory]
    [InlineData(CoReRelocationKind.FieldByteOffset, "0:3")] // three members
    [InlineData(CoReRelocationKind.FieldByteOffset, "0:0:0")] // into an integer
    [InlineData(CoReRelocationKind.FieldByteOffset, "0:1:9")] // past the array
    [InlineData(CoReRelocationKind.TypeExists, "1")] // types have no parts
    [InlineData(CoReRelocationKind.TypeExists, "0:0")]
    [InlineData(CoReRelocationKind.EnumValue, "0")] // a structure has no values
    [InlineData((CoReRelocationKind)13, "0")]
    public void Resolve_AccessThatDoesNotFitTheType_IsRefused(CoReRelocationKind kind, string access)
    {
        CoReCase test = Sample(out uint type);

        Assert.Throws<CoReFault>(() => test.Resolve(kind, type, access));
    }

    [Theory]
    [InlineData("2")] // two values
    [InlineData("0:0")] // one index
    public void Resolve_EnumValueThatIsNotThereLocally_IsRefused(string access)
    {
        CoReCase test = new();
        uint type = test.Local.Enum("color", ("RED", 1), ("BLUE", 2));

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.EnumValue, type, access));
    }

    [Fact]
    public void Resolve_FieldOfTypeWithoutSize_IsRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Forward("thing");

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.FieldByteOffset, type, "0"));
    }

    [Fact]
    public void Resolve_TypeIdPastTheEnd_IsDamagedInput()
    {
        CoReCase test = Sample(out _);

        Assert.Throws<BpfFormatException>(() => test.Resolve(CoReRelocationKind.TypeExists, 4711, "0"));
    }

    [Fact]
    public void Resolve_FirstIndex_CountsWholeObjects()
    {
        CoReCase test = Sample(out uint type);

        Assert.Equal(20UL + 4UL, test.Offset(type, "1:1"));
        Assert.Equal(12UL + 4UL, test.Resolve(CoReRelocationKind.FieldByteOffset, type, "1:1").Old.Number);
    }

    [Fact]
    public void Describe_Path_LooksAsLibbpfPrintsIt()
    {
        BtfBuilder types = new();
        uint inner = types.Struct("", 4, ("b", types.Int("int", 4), 0, 3), ("c", types.Int("int", 4), 3, 5));
        uint type = types.Struct("outer", 8, ("", inner, 32), ("list", types.Array(inner, 2), 0));

        Assert.Equal("struct outer.c (0:0:1 @ offset 4.3)", Describe(types, type, "0:0:1"));
        Assert.Equal("struct outer[2].list[1].b (2:1:1:0 @ offset 20)", Describe(types, type, "2:1:1:0"));
    }

    [Theory]
    [InlineData(CoReRelocationKind.TypeSize, "0", "enum color")]
    [InlineData(CoReRelocationKind.EnumValue, "1", "enum color::BLUE = -2")]
    public void Describe_PathWithoutFields_NamesTypeAndValue(CoReRelocationKind kind, string access, string expected)
    {
        BtfBuilder types = new();
        uint type = types.Enum("color", isSigned: true, ("RED", 1), ("BLUE", -2));

        Assert.Equal(expected, Describe(types, type, access, kind));
    }

    private static string Describe(
        BtfBuilder types, uint type, string access, CoReRelocationKind kind = CoReRelocationKind.FieldByteOffset)
    {
        CoReRelocation relocation = new(0, new(type), types.String(access), kind);
        CoRePath path = new();
        CoRePathReader.Read(types.Build(), relocation, path);
        return CoReText.Describe(path);
    }

    // struct sample { int a; int b[2]; int c; } with b not at the same place in the target.
    private static CoReCase Sample(out uint type)
    {
        CoReCase test = new();
        uint local = test.Local.Int("int", 4);
        uint array = test.Local.Array(local, 2);
        type = test.Local.Struct("sample", 12, ("a", local, 0), ("b", array, 32), ("c", local, 64));
        uint target = test.Target.Int("int", 4);
        test.Target.Struct("sample", 20, ("b", test.Target.Array(target, 2), 32));
        return test;
    }
}
