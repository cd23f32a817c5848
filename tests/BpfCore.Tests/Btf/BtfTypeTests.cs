using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfTypeTests
{
    private readonly BtfBuilder _builder = new();

    [Theory]
    [InlineData(0x0000_0020u, 32u, 0u, false, false, false)]
    [InlineData(0x0100_0020u, 32u, 0u, true, false, false)]
    [InlineData(0x0200_0008u, 8u, 0u, false, true, false)]
    [InlineData(0x0405_0001u, 1u, 5u, false, false, true)]
    public void IntEncoding_Word_IsTakenApart(
        uint word, uint bits, uint offset, bool signed, bool character, bool boolean)
    {
        BtfType type = Get(_builder.Add(BtfKind.Int, "x", 4, words: word));

        BtfIntEncoding encoding = type.IntEncoding;

        Assert.Equal((bits, offset), (encoding.Bits, encoding.BitOffset));
        Assert.Equal(
            (signed, character, boolean), (encoding.IsSigned, encoding.IsCharacter, encoding.IsBoolean));
    }

    [Theory]
    [InlineData(BtfKind.Pointer, false)]
    [InlineData(BtfKind.Typedef, false)]
    [InlineData(BtfKind.Volatile, true)]
    [InlineData(BtfKind.Const, true)]
    [InlineData(BtfKind.Restrict, true)]
    [InlineData(BtfKind.TypeTag, true)]
    public void Target_KindsThatRefer_IsTheTypeReferredTo(BtfKind kind, bool isModifier)
    {
        uint target = _builder.Int("int", 4);
        BtfType type = Get(_builder.Add(kind, "name", target));

        Assert.Equal((kind, "int", isModifier), (type.Kind, type.Target.Name, type.IsModifier));
    }

    [Fact]
    public void Array_Record_IsDecoded() =>
        Assert.Equal(
            new BtfArray(new BtfTypeId(3), new BtfTypeId(4), 5), Get(_builder.Array(3, 4, 5)).Array);

    [Fact]
    public void Members_WithoutKindFlag_HaveFullOffsets()
    {
        BtfType type = Get(_builder.Struct("s", 8, ("a", 0, 0), ("", 0, 0xFFFF_FFFF)));

        Assert.True(type.IsComposite);
        Assert.Equal(8u, type.Size);
        Assert.Equal(("a", 0u, 0u, false), Describe(type.Members[0]));
        Assert.Equal(("", 0xFFFF_FFFFu, 0u, true), Describe(type.Members[1]));
    }

    [Fact]
    public void Members_WithKindFlag_HaveBitfieldSizes()
    {
        uint name = _builder.Name("b");
        BtfType type = Get(_builder.Add(
            BtfKind.Union, "u", 4, count: 1, flag: true, words: [name, 0, (9u << 24) | 0x0012_3456]));

        Assert.Equal(("b", 0x0012_3456u, 9u, false), Describe(type.Members[0]));
    }

    [Fact]
    public void EnumValues_Signed_AreSignExtended()
    {
        BtfType type = Get(_builder.Enum("e", signed: true, ("A", 1), ("B", -2)));

        Assert.True(type.IsEnum);
        Assert.Equal((1UL, unchecked((ulong)-2L)), (type.EnumValues[0].Value, type.EnumValues[1].Value));
    }

    [Fact]
    public void EnumValues_Unsigned_AreZeroExtended() =>
        Assert.Equal(0xFFFF_FFFEul, Get(_builder.Enum("e", signed: false, ("B", -2))).EnumValues[0].Value);

    [Fact]
    public void EnumValues_SixtyFourBits_AreJoined()
    {
        BtfType type = Get(_builder.Enum64("e", signed: false, ("A", 0x1122_3344_5566_7788)));

        Assert.Equal(("A", 0x1122_3344_5566_7788ul), (type.EnumValues[0].Name, type.EnumValues[0].Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KindFlag_Forward_TellsStructFromUnion(bool union) =>
        Assert.Equal(union, Get(_builder.Add(BtfKind.Forward, "f", 0, flag: union)).KindFlag);

    [Theory]
    [InlineData(BtfLinkage.Static)]
    [InlineData(BtfLinkage.Global)]
    [InlineData(BtfLinkage.External)]
    public void Linkage_FunctionAndVariable_IsRead(BtfLinkage linkage)
    {
        BtfType function = Get(_builder.Function("f", 0, linkage));
        BtfType variable = Get(_builder.Variable("v", 0, linkage));

        Assert.Equal((linkage, linkage), (function.FunctionLinkage, variable.VariableLinkage));
    }

    [Fact]
    public void Parameters_Prototype_AreInOrder()
    {
        uint type = _builder.Int("int", 4);
        BtfType prototype = Get(_builder.Prototype(type, ("a", type), ("", 0)));

        Assert.Equal(2, prototype.Parameters.Count);
        Assert.Equal(("a", "int"), (prototype.Parameters[0].Name, prototype.Parameters[0].Type.Name));
        Assert.Equal(("", BtfKind.Void), (prototype.Parameters[1].Name, prototype.Parameters[1].Type.Kind));
        Assert.Equal("int", prototype.Target.Name);
    }

    [Fact]
    public void SectionVariables_DataSection_AreDecoded()
    {
        uint variable = _builder.Variable("v", 0);
        BtfType section = Get(_builder.DataSection(".data", 16, (variable, 8, 4)));

        BtfSectionVariable element = section.SectionVariables[0];

        Assert.Equal(("v", 8u, 4u), (element.Variable.Name, element.Offset, element.Size));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(14)]
    public void TagComponentIndex_DeclarationTag_IsSigned(int index) =>
        Assert.Equal(
            index, Get(_builder.Add(BtfKind.DeclarationTag, "t", 0, words: unchecked((uint)index))).TagComponentIndex);

    [Fact]
    public void Size_Float_IsRead() => Assert.Equal(8u, Get(_builder.Add(BtfKind.Float, "double", 8)).Size);

    [Fact]
    public void Details_OfAnotherKind_AreMisuse()
    {
        BtfType type = Get(_builder.Add(BtfKind.Float, "float", 4));

        Assert.Throws<InvalidOperationException>(() => type.Members.Count);
        Assert.Throws<InvalidOperationException>(() => type.EnumValues.Count);
        Assert.Throws<InvalidOperationException>(() => type.Parameters.Count);
        Assert.Throws<InvalidOperationException>(() => type.SectionVariables.Count);
        Assert.Throws<InvalidOperationException>(() => type.IntEncoding);
        Assert.Throws<InvalidOperationException>(() => type.Array);
        Assert.Throws<InvalidOperationException>(() => type.VariableLinkage);
        Assert.Throws<InvalidOperationException>(() => type.FunctionLinkage);
        Assert.Throws<InvalidOperationException>(() => type.TagComponentIndex);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Elements_IndexOutOfRange_IsMisuse(int index)
    {
        BtfType type = Get(_builder.Struct("s", 4, ("a", 0, 0)));

        Assert.Throws<ArgumentOutOfRangeException>(() => type.Members[index]);
    }

    [Fact]
    public void Equals_SameIdOfTwoFiles_IsFalse()
    {
        _builder.Int("int", 4);
        BtfType one = _builder.Read()[new BtfTypeId(1)];
        BtfType other = _builder.Read()[new BtfTypeId(1)];

        Assert.True(one != other);
        Assert.True(one == one.File[one.Id]);
        Assert.Equal("[1] Int int", one.ToString());
    }

    private BtfType Get(uint id) => _builder.Read()[new BtfTypeId(id)];

    private static (string Name, uint Offset, uint Size, bool IsAnonymous) Describe(BtfMember member) =>
        (member.Name, member.BitOffset, member.BitfieldSize, member.IsAnonymous);
}
