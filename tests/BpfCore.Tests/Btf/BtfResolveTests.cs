using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfResolveTests
{
    private readonly BtfBuilder _builder = new();

    [Fact]
    public void SkipModifiersAndTypedefs_Chain_EndsAtTheType()
    {
        uint end = _builder.Int("int", 4);
        uint named = _builder.Typedef("name", _builder.Const(end));
        uint tagged = _builder.Add(BtfKind.TypeTag, "user", _builder.Add(BtfKind.Volatile, "", named));
        BtfType type = Get(_builder.Add(BtfKind.Restrict, "", tagged));

        Assert.Equal(end, type.SkipModifiersAndTypedefs().Id.Value);
        Assert.Equal(named, type.SkipModifiers().Id.Value);
    }

    [Fact]
    public void Skip_Loop_Throws()
    {
        uint self = _builder.Const(1);
        BtfType type = Get(self);

        Assert.Throws<BpfFormatException>(() => type.SkipModifiersAndTypedefs());
        Assert.Throws<BpfFormatException>(() => type.SkipModifiers());
        Assert.Throws<BpfFormatException>(() => type.TryResolveSize(out _));
    }

    [Fact]
    public void ResolveSize_NestedArraysOfTypedefs_AreMultiplied()
    {
        uint element = _builder.Typedef("u16", _builder.Int("unsigned short", 2));
        uint row = _builder.Array(element, element, 5);

        Assert.Equal(30u, Get(_builder.Const(_builder.Array(row, element, 3))).ResolveSize());
    }

    [Fact]
    public void ResolveSize_FlexibleArray_IsZero() =>
        Assert.Equal(0u, Get(_builder.Array(_builder.Int("int", 4), 1, 0)).ResolveSize());

    [Theory]
    [InlineData(BtfKind.Struct)]
    [InlineData(BtfKind.Union)]
    [InlineData(BtfKind.Enum)]
    [InlineData(BtfKind.Enum64)]
    [InlineData(BtfKind.DataSection)]
    [InlineData(BtfKind.Float)]
    public void ResolveSize_KindsWithSize_IsTheirOwn(BtfKind kind) =>
        Assert.Equal(24u, Get(_builder.Add(kind, "x", 24)).ResolveSize());

    [Fact]
    public void ResolveSize_VariableAndDeclarationTag_IsThatOfTheirType()
    {
        uint type = _builder.Int("int", 4);

        Assert.Equal(4u, Get(_builder.Variable("v", type)).ResolveSize());
        Assert.Equal(4u, Get(_builder.Add(BtfKind.DeclarationTag, "t", type, words: 0)).ResolveSize());
    }

    [Theory]
    [InlineData(BtfKind.Forward)]
    [InlineData(BtfKind.Function)]
    [InlineData(BtfKind.FunctionPrototype)]
    public void ResolveSize_KindsWithoutSize_Throws(BtfKind kind)
    {
        BtfType type = Get(_builder.Add(kind, "x", 0));

        Assert.False(type.TryResolveSize(out uint size));
        Assert.Equal(0u, size);
        Assert.Throws<BpfFormatException>(() => type.ResolveSize());
    }

    [Fact]
    public void ResolveSize_Void_HasNone() => Assert.False(_builder.Read()[BtfTypeId.Void].TryResolveSize(out _));

    [Fact]
    public void ResolveSize_MoreThan4GiB_Throws()
    {
        uint element = _builder.Int("int", 4);

        Assert.Contains(
            "overflows",
            Assert.Throws<BpfFormatException>(
                () => Get(_builder.Array(element, element, 0x4000_0000)).ResolveSize()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void ResolveSize_DeepChain_EndsAt32(int links, bool resolves)
    {
        uint id = _builder.Int("int", 4);
        for (int link = 0; link < links; link++)
        {
            id = _builder.Const(id);
        }

        BtfType type = Get(id);
        if (resolves)
        {
            Assert.Equal(4u, type.ResolveSize());
        }
        else
        {
            Assert.Throws<BpfFormatException>(() => type.ResolveSize());
        }
    }

    // BTF does not say how wide pointers are; the size of long does.
    [Theory]
    [InlineData("long unsigned int", 4u, 4u)]
    [InlineData("long int", 8u, 8u)]
    [InlineData("unsigned long", 4u, 4u)]
    [InlineData("long", 2u, 8u)]
    [InlineData("long long unsigned int", 4u, 8u)]
    public void ResolveSize_Pointer_FollowsLong(string name, uint size, uint expected)
    {
        _builder.Int(name, size);

        Assert.Equal(expected, Get(_builder.Pointer(0)).ResolveSize());
    }

    private BtfType Get(uint id) => _builder.Read()[new BtfTypeId(id)];
}
