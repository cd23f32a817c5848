using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Elements of arrays.</summary>
public class CoReArrayTests
{
    [Theory]
    [InlineData("0:1:1", 8u + 16u)] // the target's elements are 16 bytes, the local ones 4
    [InlineData("0:1:0", 8u)]
    public void Resolve_Element_LiesAtTheTargetsElementSize(string access, ulong offset)
    {
        CoReCase test = Arrays(localCount: 2, targetCount: 2, out uint type);

        Assert.Equal(offset, test.Offset(type, access));
    }

    [Fact]
    public void Resolve_ElementPastTheTargetsArray_IsNotFound()
    {
        CoReCase test = Arrays(localCount: 9, targetCount: 2, out uint type);

        Assert.Null(test.Offset(type, "0:1:2"));
    }

    [Fact]
    public void Resolve_FlexibleArrays_HaveAnyElement()
    {
        CoReCase test = Arrays(localCount: 0, targetCount: 0, out uint type);

        Assert.Equal(8UL + (9 * 16UL), test.Offset(type, "0:1:9"));
    }

    [Fact]
    public void Resolve_EmptyArrayBeforeOtherMembers_IsNotFlexible()
    {
        CoReCase test = Arrays(localCount: 2, targetCount: 0, out uint type, isLast: false);

        Assert.Null(test.Offset(type, "0:1:0"));
    }

    [Fact]
    public void Resolve_ElementOfSomethingElse_IsNotFound()
    {
        CoReCase test = new();
        uint local = test.Local.Int("int", 4);
        uint type = test.Local.Struct("thing", 8, ("x", test.Local.Array(test.Local.Array(local, 2), 2), 0));
        test.Target.Struct("thing", 8, ("x", test.Target.Array(test.Target.Int("int", 4), 2), 0));

        Assert.Null(test.Offset(type, "0:0:1:1"));
    }

    [Fact]
    public void Resolve_ByteSize_IsThatOfArrayOrElement()
    {
        CoReCase test = Arrays(localCount: 3, targetCount: 2, out uint type);

        Assert.Equal(32UL, test.Number(CoReRelocationKind.FieldByteSize, type, "0:1"));
        Assert.Equal(16UL, test.Number(CoReRelocationKind.FieldByteSize, type, "0:1:0"));
    }

    [Theory]
    [InlineData(CoReRelocationKind.FieldSigned)]
    [InlineData(CoReRelocationKind.FieldLeftShift)]
    [InlineData(CoReRelocationKind.FieldRightShift)]
    public void Resolve_BitsOfAnElement_AreRefused(CoReRelocationKind kind)
    {
        CoReCase test = Arrays(localCount: 2, targetCount: 2, out uint type);

        Assert.Throws<CoReFault>(() => test.Resolve(kind, type, "0:1:0"));
    }

    [Fact]
    public void Resolve_ElementsOfBothSizes_KeepTheLoadsSize()
    {
        CoReCase test = Arrays(localCount: 2, targetCount: 2, out uint type);

        CoReFixup fixup = test.Resolve(CoReRelocationKind.FieldByteOffset, type, "0:1:0");

        Assert.Equal((4u, 16u), (fixup.Old.Size, fixup.New.Size));
    }

    // struct thing { long a; TYPE x[count]; }, and behind it, when x is not the last, a byte.
    private static CoReCase Arrays(uint localCount, uint targetCount, out uint type, bool isLast = true)
    {
        CoReCase test = new();
        type = Add(test.Local, test.Local.Int("int", 4), 4, localCount, isLast);
        Add(test.Target, test.Target.Int("int128", 16), 16, targetCount, isLast);
        return test;
    }

    private static uint Add(BtfBuilder types, uint element, uint size, uint count, bool isLast)
    {
        BtfBuilder.Member first = ("a", types.Int("long", 8), 0);
        BtfBuilder.Member array = ("x", types.Array(element, count), 64);
        BtfBuilder.Member last = ("end", types.Int("char", 1), 64 + (size * count * 8));
        return types.Struct("thing", 9 + (size * count), isLast ? [first, array] : [first, array, last]);
    }
}
