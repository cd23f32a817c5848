using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfExternPatcherTests
{
    private static readonly Dictionary<string, uint> s_none = [];

    [Fact]
    public void Define_NoExterns_GivesTheFileItself()
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        BtfFile file = builder.Read();

        Assert.Same(file, BtfExternPatcher.Define(file, s_none, 0));
    }

    [Fact]
    public void Define_KernelFunction_IsGlobalWithNamedParametersAndAVariableInItsPlace()
    {
        BtfBuilder builder = new();
        uint number = builder.Int("int", 4);
        uint prototype = builder.Prototype(0, ("", number), ("named", number), ("", 0));
        uint function = builder.Function("bpf_kfunc", prototype, BtfLinkage.External);
        uint section = builder.DataSection(".ksyms", 0, (function, 0, 0));

        BtfFile defined = BtfExternPatcher.Define(builder.Read(), s_none, 0);

        Assert.Equal(BtfLinkage.Global, Type(defined, function).FunctionLinkage);
        BtfElementList<BtfParameter> parameters = Type(defined, prototype).Parameters;
        Assert.Equal(
            ("kernel_symbol", "named", ""), (parameters[0].Name, parameters[1].Name, parameters[2].Name));
        Assert.Equal(4u, Type(defined, section).Size);
        Assert.Equal(["kernel_symbol at 0 of 4 Global Int"], Places(defined, section));
    }

    [Fact]
    public void Define_KernelVariables_AreGlobalIntegersOneBehindTheOther()
    {
        BtfBuilder builder = new();
        uint structure = builder.Struct("rq", 4096);
        uint first = builder.Variable("runqueues", structure, BtfLinkage.External);
        uint second = builder.Variable("schedule", 0, BtfLinkage.External);
        uint section = builder.DataSection(".ksyms", 0, (first, 0, 4096), (second, 0, 0));

        BtfFile defined = BtfExternPatcher.Define(builder.Read(), s_none, 0);

        Assert.Equal(8u, Type(defined, section).Size);
        Assert.Equal(
            ["runqueues at 0 of 4 Global Int", "schedule at 4 of 4 Global Int"], Places(defined, section));
        Assert.Equal("rq", Type(defined, structure).Name);
    }

    [Fact]
    public void Define_ConfigurationValues_GetTheirOffsetsInRisingOrder()
    {
        BtfBuilder builder = new();
        uint flag = builder.Int("bool", 1);
        uint number = builder.Int("long", 8);
        uint small = builder.Variable("CONFIG_A", flag, BtfLinkage.External);
        uint large = builder.Variable("CONFIG_B", number, BtfLinkage.External);
        uint section = builder.DataSection(".kconfig", 0, (small, 0, 1), (large, 0, 8));

        BtfFile defined = BtfExternPatcher.Define(
            builder.Read(), new Dictionary<string, uint> { ["CONFIG_A"] = 8, ["CONFIG_B"] = 0 }, 9);

        Assert.Equal(9u, Type(defined, section).Size);
        Assert.Equal(
            ["CONFIG_B at 0 of 8 Global Int", "CONFIG_A at 8 of 1 Global Int"], Places(defined, section));
    }

    [Fact]
    public void Define_ElementThatIsNoSymbol_IsRefused()
    {
        BtfBuilder builder = new();
        uint structure = builder.Struct("s", 4);
        builder.DataSection(".ksyms", 0, (structure, 0, 4));

        Assert.Throws<BpfFormatException>(() => BtfExternPatcher.Define(builder.Read(), s_none, 0));
    }

    [Fact]
    public void Define_FunctionWithoutPrototype_IsRefused()
    {
        BtfBuilder builder = new();
        uint number = builder.Int("int", 4);
        uint function = builder.Function("f", number, BtfLinkage.External);
        builder.DataSection(".ksyms", 0, (function, 0, 4));

        Assert.Throws<BpfFormatException>(() => BtfExternPatcher.Define(builder.Read(), s_none, 0));
    }

    private static List<string> Places(BtfFile file, uint section)
    {
        List<string> places = [];
        foreach (BtfSectionVariable place in Type(file, section).SectionVariables)
        {
            BtfType variable = place.Variable;
            places.Add(
                $"{variable.Name} at {place.Offset} of {place.Size} {variable.VariableLinkage} {variable.Target.Kind}");
        }

        return places;
    }

    private static BtfType Type(BtfFile file, uint id) => file[new BtfTypeId(id)];
}
