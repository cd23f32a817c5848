using BpfCore.Btf;
using BpfCore.Tests.Golden;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfSanitizerTests
{
    private readonly BtfBuilder _builder = new();

    [Fact]
    public void Sanitize_KernelKnowsEverything_GivesTheBytesThemselves()
    {
        BtfFile file = AllKinds();

        Assert.True(file.Data.Equals(BtfSanitizer.Sanitize(file, BtfFeatures.All)));
    }

    [Fact]
    public void Sanitize_OldestKernel_KeepsEveryIdAndName()
    {
        BtfFile file = AllKinds();

        BtfFile result = Reread(BtfSanitizer.Sanitize(file, BtfFeatures.None));

        Assert.Equal(file.TypeCount + 1, result.TypeCount);
        foreach (BtfType type in file.Types)
        {
            BtfType after = result[type.Id];
            Assert.Equal(
                type.Kind switch
                {
                    BtfKind.Float or BtfKind.TypeTag => "",
                    BtfKind.DataSection => type.Name.Replace('.', '_'),
                    _ => type.Name,
                },
                after.Name);
            Assert.Equal(type.Kind is BtfKind.Variable or BtfKind.DeclarationTag ? 0 : type.ElementCount,
                type.Kind == BtfKind.Function ? type.ElementCount : after.ElementCount);
        }
    }

    [Fact]
    public void Sanitize_OldestKernel_GivesGoldenText()
    {
        StringWriter output = new();
        BtfFormatter.Write(Reread(BtfSanitizer.Sanitize(AllKinds(), BtfFeatures.None)), output);

        GoldenFile.Verify("all-kinds.sanitized.txt", output.ToString());
    }

    [Fact]
    public void Sanitize_NoDataSections_MakesStructuresAndBytes()
    {
        uint variable = _builder.Variable("counter", _builder.Int("int", 4));
        uint id = _builder.DataSection(".data.x", 16, (variable, 8, 4));

        BtfFile result = Sanitize(BtfFeatures.DataSections);

        BtfType section = result[new BtfTypeId(id)];
        Assert.Equal((BtfKind.Struct, "_data_x", 16u), (section.Kind, section.Name, section.Size));
        Assert.Equal(
            ("counter", 64u, variable),
            (section.Members[0].Name, section.Members[0].BitOffset, section.Members[0].TypeId.Value));
        BtfType integer = result[new BtfTypeId(variable)];
        Assert.Equal(
            (BtfKind.Int, "counter", 1u, 8u), (integer.Kind, integer.Name, integer.Size, integer.IntEncoding.Word));
    }

    [Fact]
    public void Sanitize_NoOptionalSections_ReplacesTheQuestionMarkAlone()
    {
        uint id = _builder.DataSection("?struct_ops.link", 8);

        Assert.Equal("_struct_ops.link", Sanitize(BtfFeatures.OptionalSections)[new BtfTypeId(id)].Name);
    }

    [Fact]
    public void Sanitize_NoFunctions_MakesEnumerationsAndTypedefs()
    {
        uint type = _builder.Int("int", 4);
        uint prototype = _builder.Prototype(type, ("a", type));
        uint function = _builder.Function("f", prototype);

        BtfFile result = Sanitize(BtfFeatures.Functions);

        BtfType enumeration = result[new BtfTypeId(prototype)];
        Assert.Equal((BtfKind.Enum, 4u, "a"), (enumeration.Kind, enumeration.Size, enumeration.EnumValues[0].Name));
        BtfType named = result[new BtfTypeId(function)];
        Assert.Equal((BtfKind.Typedef, 0, prototype), (named.Kind, named.ElementCount, named.TargetId.Value));
    }

    [Theory]
    [InlineData(BtfLinkage.Global)]
    [InlineData(BtfLinkage.External)]
    public void Sanitize_NoGlobalFunctions_MakesThemStatic(BtfLinkage linkage)
    {
        uint id = _builder.Function("f", _builder.Prototype(0), linkage);

        Assert.Equal(BtfLinkage.Static, Sanitize(BtfFeatures.GlobalFunctions)[new BtfTypeId(id)].FunctionLinkage);
    }

    [Fact]
    public void Sanitize_HiddenFunctions_BecomeStaticOnAnyKernel()
    {
        uint prototype = _builder.Prototype(0);
        uint hidden = _builder.Function("hidden", prototype);
        uint seen = _builder.Function("seen", prototype);

        BtfFile result = Reread(
            BtfSanitizer.Sanitize(_builder.Read(), BtfFeatures.All, new HashSet<string> { "hidden" }));

        Assert.Equal(BtfLinkage.Static, result[new BtfTypeId(hidden)].FunctionLinkage);
        Assert.Equal(BtfLinkage.Global, result[new BtfTypeId(seen)].FunctionLinkage);
    }

    [Fact]
    public void Sanitize_NoFloats_MakesEmptyStructuresOfTheirSize()
    {
        uint id = _builder.Add(BtfKind.Float, "double", 8);

        BtfType type = Sanitize(BtfFeatures.Floats)[new BtfTypeId(id)];

        Assert.Equal((BtfKind.Struct, "", 8u, 0), (type.Kind, type.Name, type.Size, type.ElementCount));
    }

    [Fact]
    public void Sanitize_NoTags_MakesConstAndBytes()
    {
        uint type = _builder.Int("int", 4);
        uint typeTag = _builder.Add(BtfKind.TypeTag, "user", type);
        uint declarationTag = _builder.Add(BtfKind.DeclarationTag, "tag", type, words: uint.MaxValue);

        BtfFile result = Sanitize(BtfFeatures.TypeTags | BtfFeatures.DeclarationTags);

        Assert.Equal((BtfKind.Const, ""), (result[new BtfTypeId(typeTag)].Kind, result[new BtfTypeId(typeTag)].Name));
        Assert.Equal(type, result[new BtfTypeId(typeTag)].TargetId.Value);
        Assert.Equal(8u, result[new BtfTypeId(declarationTag)].IntEncoding.Word);
    }

    [Fact]
    public void Sanitize_NoEnum64_MakesUnionsOfOneAddedType()
    {
        uint small = _builder.Enum("small", signed: true, ("S", -1));
        uint first = _builder.Enum64("first", signed: true, ("A", 1), ("B", ulong.MaxValue));
        uint second = _builder.Enum64("second", signed: false, ("C", 1));

        BtfFile result = Sanitize(BtfFeatures.Enum64);

        Assert.Equal(5, result.TypeCount);
        Assert.False(result[new BtfTypeId(small)].KindFlag);
        BtfType union = result[new BtfTypeId(first)];
        Assert.Equal((BtfKind.Union, 8u, 2), (union.Kind, union.Size, union.Members.Count));
        Assert.Equal(("B", 4u, 0u), (union.Members[1].Name, union.Members[1].TypeId.Value, union.Members[1].BitOffset));
        Assert.Equal(4u, result[new BtfTypeId(second)].Members[0].TypeId.Value);
        Assert.Equal(("enum64_placeholder", 1u), (result[new BtfTypeId(4)].Name, result[new BtfTypeId(4)].Size));
    }

    [Fact]
    public void Sanitize_SplitFile_IsMisuse()
    {
        BtfFile split = new BtfBuilder(_builder.Read()).Read();

        Assert.Throws<ArgumentException>(() => BtfSanitizer.Sanitize(split, BtfFeatures.None));
    }

    [Fact]
    public void Sanitize_SectionOfMissingType_Throws()
    {
        _builder.DataSection(".data", 4, (9, 0, 4));

        Assert.Throws<BpfFormatException>(() => Sanitize(BtfFeatures.DataSections));
    }

    [Fact]
    public void Sanitize_OffsetThatNoMemberHolds_Throws()
    {
        _builder.DataSection(".data", 4, (_builder.Variable("v", 0), 0x2000_0000, 4));

        Assert.Throws<BpfFormatException>(() => Sanitize(BtfFeatures.DataSections));
    }

    private BtfFile Sanitize(BtfFeatures missing) =>
        Reread(BtfSanitizer.Sanitize(_builder.Read(), BtfFeatures.All & ~missing));

    private static BtfFile Reread(ReadOnlyMemory<byte> data) => BtfFile.Read(data, "sanitized");

    private static BtfFile AllKinds() => BtfFile.Read(Fixtures.Read("btf/all-kinds.btf"), "all-kinds.btf");
}
