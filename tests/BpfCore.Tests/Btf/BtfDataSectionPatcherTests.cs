using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfDataSectionPatcherTests
{
    private readonly BtfBuilder _builder = new();

    [Fact]
    public void Complete_SectionOfSizeZero_GetsSizeOffsetsAndOrder()
    {
        uint type = _builder.Int("int", 4);
        uint second = _builder.Variable("second", type);
        uint first = _builder.Variable("first", type);
        uint id = _builder.DataSection(".data", 0, (second, 0, 4), (first, 0, 4));

        Dictionary<string, uint> offsets = new() { ["first"] = 4, ["second"] = 8 };
        BtfFile file = Complete(new BtfDataSectionLayout(12, offsets, new HashSet<string>()));

        BtfType section = file[new BtfTypeId(id)];
        Assert.Equal(12u, section.Size);
        Assert.Equal([("first", 4u, 4u), ("second", 8u, 4u)], Describe(section));
    }

    [Fact]
    public void Complete_StaticVariable_KeepsItsOffset()
    {
        uint variable = _builder.Variable("hidden", _builder.Int("int", 4), BtfLinkage.Static);
        uint id = _builder.DataSection(".data", 0, (variable, 20, 4));

        BtfType section = Complete(Layout(24))[new BtfTypeId(id)];

        Assert.Equal([("hidden", 20u, 4u)], Describe(section));
    }

    [Fact]
    public void Complete_HiddenVariable_BecomesStatic()
    {
        uint variable = _builder.Variable("v", _builder.Int("int", 4));
        _builder.DataSection(".data", 0, (variable, 0, 4));

        BtfFile file = Complete(new BtfDataSectionLayout(
            4, new Dictionary<string, uint> { ["v"] = 0 }, new HashSet<string> { "v" }));

        Assert.Equal(BtfLinkage.Static, file[new BtfTypeId(variable)].VariableLinkage);
    }

    [Fact]
    public void Complete_SectionThatWasLinked_KeepsSizeAndOffsetsButHidesWhatIsHidden()
    {
        uint type = _builder.Int("int", 4);
        uint second = _builder.Variable("second", type);
        uint first = _builder.Variable("first", type);
        uint id = _builder.DataSection(".data", 64, (second, 60, 4), (first, 8, 4));

        Dictionary<string, uint> offsets = new() { ["first"] = 0, ["second"] = 4 };
        BtfFile file = Complete(new BtfDataSectionLayout(12, offsets, new HashSet<string> { "first" }));

        BtfType section = file[new BtfTypeId(id)];
        Assert.Equal(64u, section.Size);
        Assert.Equal([("first", 8u, 4u), ("second", 60u, 4u)], Describe(section));
        Assert.Equal(BtfLinkage.Static, file[new BtfTypeId(first)].VariableLinkage);
        Assert.Equal(BtfLinkage.Global, file[new BtfTypeId(second)].VariableLinkage);
    }

    [Fact]
    public void Complete_SectionOfExternals_IsLeftAlone()
    {
        uint variable = _builder.Variable("elsewhere", _builder.Int("int", 4));
        _builder.DataSection(".ksyms", 0, (variable, 0, 4));
        BtfFile file = _builder.Read();

        Assert.Same(file, BtfDataSectionPatcher.Complete(file, new Dictionary<string, BtfDataSectionLayout>()));
    }

    [Fact]
    public void Complete_SectionThatTheFileLacks_Throws()
    {
        _builder.DataSection(".lost", 0);

        Assert.Contains(
            "no such section", Assert.Throws<BpfFormatException>(() => Complete(Layout(4))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_VariableWithoutSymbol_Throws()
    {
        uint variable = _builder.Variable("lost", _builder.Int("int", 4));
        _builder.DataSection(".data", 0, (variable, 0, 4));

        Assert.Contains(
            "no ELF symbol for its variable lost",
            Assert.Throws<BpfFormatException>(() => Complete(Layout(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_ElementThatIsNoVariable_Throws()
    {
        _builder.DataSection(".data", 0, (_builder.Int("int", 4), 0, 4));

        Assert.Contains(
            "is no variable", Assert.Throws<BpfFormatException>(() => Complete(Layout(4))).Message,
            StringComparison.Ordinal);
    }

    private static BtfDataSectionLayout Layout(uint size) =>
        new(size, new Dictionary<string, uint>(), new HashSet<string>());

    private BtfFile Complete(BtfDataSectionLayout layout) => BtfDataSectionPatcher.Complete(
        _builder.Read(), new Dictionary<string, BtfDataSectionLayout> { [".data"] = layout });

    private static List<(string Name, uint Offset, uint Size)> Describe(BtfType section)
    {
        List<(string, uint, uint)> variables = [];
        foreach (BtfSectionVariable variable in section.SectionVariables)
        {
            variables.Add((variable.Variable.Name, variable.Offset, variable.Size));
        }

        return variables;
    }
}
