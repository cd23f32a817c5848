using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Which types of the target are tried, and which are left after each relocation.</summary>
public class CoReCandidateTests
{
    [Theory]
    [InlineData("sock", "sock", true)]
    [InlineData("sock___v2", "sock", true)]
    [InlineData("sock", "sock___v2", true)]
    [InlineData("sock___a", "sock___b", true)]
    [InlineData("a___b___c", "a___b___d", true)] // the last separator counts
    [InlineData("a___b___c", "a___b", false)] // which is an a
    [InlineData("a____b", "a", false)] // four underscores separate nothing
    [InlineData("___a", "a", false)] // nothing in front
    [InlineData("a___", "a", false)] // nothing behind
    [InlineData("sock", "socket", false)]
    public void Resolve_TypeName_IsComparedWithoutFlavour(string local, string target, bool found)
    {
        CoReCase test = new();
        uint type = test.Local.Struct(local, 4, ("x", test.Local.Int("int", 4), 0));
        test.Target.Struct(target, 8, ("x", test.Target.Int("int", 4), 32));

        Assert.Equal(found ? 4UL : null, test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_FunctionOfTheSameName_IsNoCandidate()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4);
        test.Target.Function("thing", test.Target.Prototype(0));

        Assert.False(test.Exists(CoReRelocationKind.TypeExists, type));
    }

    [Fact]
    public void Resolve_StructAgainstUnion_IsNoCandidate()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", test.Local.Int("int", 4), 0));
        test.Target.Union("thing", 4, ("x", test.Target.Int("int", 4), 0));

        Assert.Null(test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_AnonymousLocalType_IsRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("", 4);

        CoReFault fault = Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.TypeExists, type, "0"));

        Assert.Contains("without a name", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_CandidateWithoutTheField_IsStruckOut()
    {
        CoReCase test = Ambiguous(out uint type);

        Assert.Equal(4UL, test.Offset(type, "0:0")); // only the second candidate has it
        Assert.Equal(8UL, test.Offset(type, "0:1")); // both have this one, at 0 and 8
    }

    [Fact]
    public void Resolve_NoCandidateHasTheField_StrikesOutNone()
    {
        CoReCase test = Ambiguous(out uint type);

        Assert.Null(test.Offset(type, "0:2"));
        Assert.Throws<CoReFault>(() => test.Offset(type, "0:1"));
    }

    [Fact]
    public void Resolve_CandidatesAtDifferentOffsets_IsRefusedNamingBoth()
    {
        CoReCase test = Ambiguous(out uint type);

        CoReFault fault = Assert.Throws<CoReFault>(() => test.Offset(type, "0:1"));

        Assert.Contains("struct thing gives bit offset 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("struct thing___other gives bit offset 64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_AmbiguousExistence_StillComparesOffsets()
    {
        CoReCase test = Ambiguous(out uint type);

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.FieldExists, type, "0:1"));
    }

    [Fact]
    public void Resolve_AfterAmbiguity_CandidatesAreUnchanged()
    {
        CoReCase test = Ambiguous(out uint type);
        Assert.Throws<CoReFault>(() => test.Offset(type, "0:1"));

        Assert.Equal(4UL, test.Offset(type, "0:0"));
    }

    [Fact]
    public void Resolve_CandidatesWithDifferentNumbers_IsRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Enum("color", ("RED", 1));
        test.Target.Enum("color", ("RED", 1));
        test.Target.Enum("color___2", ("RED", 2));

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.EnumValue, type, "0"));
    }

    [Fact]
    public void Resolve_EqualCandidates_Agree()
    {
        CoReCase test = new();
        uint type = test.Local.Enum("color", ("RED", 1));
        test.Target.Enum("color", ("RED", 7));
        test.Target.Enum64("color___2", ("RED", 7));

        Assert.Equal(7UL, test.Number(CoReRelocationKind.EnumValue, type, "0"));
    }

    // thing has b at 0; thing___other has a at 4 and b at 8; nobody has c.
    private static CoReCase Ambiguous(out uint type)
    {
        CoReCase test = new();
        uint local = test.Local.Int("int", 4);
        type = test.Local.Struct("thing", 12, ("a", local, 0), ("b", local, 32), ("c", local, 64));
        uint target = test.Target.Int("int", 4);
        test.Target.Struct("thing", 4, ("b", target, 0));
        test.Target.Struct("thing___other", 12, ("a", target, 32), ("b", target, 64));
        return test;
    }
}
