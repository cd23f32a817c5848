using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Which type counts as existing: <c>bpf_core_types_are_compat</c>, seen through a typedef.</summary>
public class CoReTypeExistsTests
{
    [Theory]
    [InlineData("int", "long", true)]
    [InlineData("int", "bitfield integer", false)]
    [InlineData("int", "pointer", false)]
    [InlineData("void", "void", true)]
    [InlineData("struct a", "struct b", true)] // behind a typedef no name is compared
    [InlineData("struct a", "union a", false)]
    [InlineData("struct a", "forward a", false)]
    [InlineData("forward a", "forward b", true)]
    [InlineData("enum a", "enum64 a", true)]
    [InlineData("float", "float", false)] // libbpf knows no compatible floating-point types
    [InlineData("pointer to int", "pointer to long", true)]
    [InlineData("pointer to int", "pointer to struct", false)] // unlike fields, pointers are followed
    [InlineData("array of 2 int", "array of 9 long", true)]
    [InlineData("array of 2 int", "array of pointer", false)]
    [InlineData("prototype", "prototype of long", true)]
    [InlineData("prototype", "prototype of two", false)]
    [InlineData("prototype", "prototype of pointer", false)]
    [InlineData("prototype", "prototype giving int", false)]
    [InlineData("prototype giving int", "prototype giving int", true)]
    public void Resolve_ExistenceOfTypedef_FollowsItsType(string local, string target, bool exists)
    {
        CoReCase test = new();
        uint type = test.Local.Typedef("name", NamedTypes.Add(test.Local, local));
        test.Target.Typedef("name", NamedTypes.Add(test.Target, target));

        Assert.Equal(exists, test.Exists(CoReRelocationKind.TypeExists, type));
    }

    [Fact]
    public void Resolve_PointersNestedTooDeep_AreRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Typedef("name", PointerToItself(test.Local));
        test.Target.Typedef("name", PointerToItself(test.Target));

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.TypeExists, type, "0"));
    }

    // void *x, whose target is x: damaged data that must not make us loop.
    private static uint PointerToItself(BtfBuilder types) => types.Pointer(1);
}
