using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>The strict comparison of <c>bpf_core_type_matches</c>.</summary>
public class CoReTypeMatchTests
{
    [Theory]
    [InlineData("int", "int", true)]
    [InlineData("int", "unsigned", false)] // the sign counts, and so does the name
    [InlineData("void", "void", true)]
    [InlineData("struct a", "struct a", true)]
    [InlineData("struct a", "struct a flavour", true)]
    [InlineData("struct a", "bigger struct a", true)] // members may be added and moved
    [InlineData("bigger struct a", "struct a", false)] // but not missing
    [InlineData("struct a", "other struct a", false)]
    [InlineData("struct a", "struct b", false)]
    [InlineData("struct a", "union a", false)]
    [InlineData("struct a", "forward a", false)]
    [InlineData("enum a", "enum a flavour", true)] // values are compared by name alone
    [InlineData("enum a flavour", "enum a", false)]
    [InlineData("enum a", "enum a other", false)]
    [InlineData("enum a", "enum64 a", false)] // the size counts
    [InlineData("enum a", "narrow enum64 a", true)]
    [InlineData("enum a", "int", false)]
    [InlineData("forward a", "forward a", true)]
    [InlineData("forward a", "forward union a", false)]
    [InlineData("forward a", "struct a", false)]
    [InlineData("float", "float", false)] // unknown to libbpf
    [InlineData("pointer to int", "pointer to int", true)]
    [InlineData("pointer to int", "pointer to long", false)]
    [InlineData("pointer to struct", "pointer to struct", true)]
    [InlineData("pointer to struct", "pointer to bigger struct", true)]
    [InlineData("pointer to bigger struct", "pointer to struct", true)] // behind a pointer only names count
    [InlineData("pointer to struct", "pointer to struct b", false)]
    [InlineData("pointer to struct", "pointer to union a", false)]
    [InlineData("pointer to struct", "pointer to forward a", true)]
    [InlineData("pointer to struct", "pointer to forward union a", false)]
    [InlineData("pointer to union a", "pointer to forward union a", true)]
    [InlineData("pointer to union a", "pointer to forward a", false)]
    [InlineData("pointer to forward a", "pointer to struct", true)]
    [InlineData("pointer to forward a", "pointer to union a", false)]
    [InlineData("pointer to forward union a", "pointer to union a", true)]
    [InlineData("pointer to struct", "pointer to int", false)]
    [InlineData("pointer to prototype", "pointer to prototype", true)]
    [InlineData("array of 2 int", "array of 2 int", true)]
    [InlineData("array of 2 int", "array of 9 int", false)]
    [InlineData("array of 2 int", "array of 2 long", false)]
    [InlineData("prototype", "prototype", true)]
    [InlineData("prototype", "prototype of two", false)]
    [InlineData("prototype", "prototype of long", false)]
    [InlineData("prototype", "prototype giving int", false)]
    [InlineData("prototype giving int", "prototype giving pointer", false)]
    public void Resolve_MatchOfTypedef_FollowsItsType(string local, string target, bool matches)
    {
        CoReCase test = new();
        uint type = test.Local.Typedef("name", NamedTypes.Add(test.Local, local));
        test.Target.Typedef("name", NamedTypes.Add(test.Target, target));

        Assert.Equal(matches, test.Exists(CoReRelocationKind.TypeMatches, type));
    }

    [Theory]
    [InlineData("signed char", "signed char", true)]
    [InlineData("struct a", "struct a", true)]
    [InlineData("struct a", "other struct a", false)] // members are compared in depth
    [InlineData("pointer to struct", "pointer to bigger struct", true)]
    public void Resolve_MatchOfMember_IsRecursive(string local, string target, bool matches)
    {
        CoReCase test = new();
        uint type = test.Local.Struct("outer", 8, ("x___mine", NamedTypes.Add(test.Local, local), 0));
        test.Target.Struct("outer", 8, ("x", NamedTypes.Add(test.Target, target), 0));

        Assert.Equal(matches, test.Exists(CoReRelocationKind.TypeMatches, type));
    }

    [Fact]
    public void Resolve_StructThatPointsToItself_Matches()
    {
        CoReCase test = new();
        uint type = List(test.Local);
        List(test.Target);

        Assert.True(test.Exists(CoReRelocationKind.TypeMatches, type));

        static uint List(BtfBuilder types)
        {
            types.Pointer(2);
            return types.Struct("list", 8, ("next", 1, 0));
        }
    }

    [Fact]
    public void Resolve_StructThatHoldsItself_IsRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 8, ("x", 1, 0));
        test.Target.Struct("thing", 8, ("x", 1, 0));

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.TypeMatches, type, "0"));
    }

    // Each structure holds two of the next: every level doubles the comparisons that end in a match.
    [Fact]
    public void Resolve_StructsThatDoubleWithEveryLevel_AreRefusedInTime()
    {
        CoReCase test = new();
        uint type = Tower(test.Local);
        Tower(test.Target);

        CoReFault fault = Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.TypeMatches, type, "0"));

        Assert.Contains("steps", fault.Message, StringComparison.Ordinal);

        static uint Tower(BtfBuilder types)
        {
            uint inner = types.Struct("floor0", 4);
            for (int level = 1; level < 28; level++)
            {
                inner = types.Struct($"floor{level}", 8, ("a", inner, 0), ("b", inner, 0));
            }

            return inner;
        }
    }
}
