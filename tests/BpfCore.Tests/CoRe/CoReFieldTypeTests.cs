using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Which type of a field may stand for which other.</summary>
public class CoReFieldTypeTests
{
    [Theory]
    [InlineData("int", "long", true)] // size does not count
    [InlineData("int", "unsigned", true)] // nor the sign
    [InlineData("int", "bitfield integer", false)]
    [InlineData("int", "pointer", false)]
    [InlineData("int", "enum a", false)]
    [InlineData("int", "const typedef int", true)]
    [InlineData("tagged int", "int", true)]
    [InlineData("struct a", "struct b", true)] // names of composites do not count
    [InlineData("struct a", "union", true)]
    [InlineData("struct a", "int", false)]
    [InlineData("pointer", "pointer to struct", true)]
    [InlineData("float", "double", true)]
    [InlineData("float", "int", false)]
    [InlineData("enum a", "enum a flavour", true)]
    [InlineData("enum a", "enum b", false)]
    [InlineData("enum a", "enum anonymous", true)]
    [InlineData("enum anonymous", "enum b", true)]
    [InlineData("enum a", "enum64 a", true)]
    [InlineData("forward a", "forward a", true)]
    [InlineData("forward a", "forward b", false)]
    [InlineData("forward a", "struct a", false)]
    [InlineData("array of 2 int", "array of 9 long", true)] // length does not count
    [InlineData("array of 2 int", "array of pointer", false)]
    [InlineData("array of 2 int", "int", false)]
    [InlineData("prototype", "prototype", false)]
    public void Resolve_FieldOfOtherType_IsTakenOrNot(string local, string target, bool fits)
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 64, ("x", NamedTypes.Add(test.Local, local), 0));
        test.Target.Struct("thing", 64, ("x", NamedTypes.Add(test.Target, target), 0));

        Assert.Equal(fits, test.Exists(CoReRelocationKind.FieldExists, type, "0:0"));
    }

    [Fact]
    public void Resolve_ArraysNestedTooDeep_AreRefused()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", Nest(test.Local), 0));
        test.Target.Struct("thing", 4, ("x", Nest(test.Target), 0));

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.FieldExists, type, "0:0"));

        static uint Nest(BtfBuilder types)
        {
            uint inner = types.Int("int", 4);
            for (int level = 0; level < 40; level++)
            {
                inner = types.Array(inner, 1);
            }

            return inner;
        }
    }
}
