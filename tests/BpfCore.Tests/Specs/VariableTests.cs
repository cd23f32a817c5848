using BpfCore.Elf;
using BpfCore.Specs;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class VariableTests
{
    private readonly BpfObjectSpec _spec = BpfObjectSpec.Read(Fixtures.Read("spec/variables.bpf.o"), "variables.bpf.o");

    [Fact]
    public void Get_Scalars_HaveTheValuesOfTheSource()
    {
        Assert.Equal(1, _spec.Variables["enabled"].Get<byte>());
        Assert.Equal(100_000ul, _spec.Variables["minimum"].Get<ulong>());
        Assert.Equal(-1, _spec.Variables["mode"].Get<int>());
        Assert.Equal(-5, _spec.Variables["small"].Get<sbyte>());
        Assert.Equal(0xab, _spec.Variables["byte"].Get<byte>());
        Assert.Equal(-2, _spec.Variables["half"].Get<short>());
        Assert.Equal(0xdeadbeef, _spec.Variables["word"].Get<uint>());
        Assert.Equal(-1L, _spec.Variables["wide"].Get<long>());
        Assert.Equal(1.5f, _spec.Variables["real"].Get<float>());
        Assert.Equal(-2.25, _spec.Variables["precise"].Get<double>());
        Assert.Equal(0ul, _spec.Variables["counter"].Get<ulong>());
    }

    [Fact]
    public void Bytes_Composites_AreWhole()
    {
        Assert.Equal("tcp\0"u8, _spec.Variables["prefix"].Bytes[..4]);
        Assert.Equal((16u, 8u), (_spec.Variables["prefix"].Size, _spec.Variables["ports"].Size));
        Assert.Equal("hello\0"u8, _spec.Variables["text"].Bytes);
        Assert.Equal(24u, _spec.Variables["matrix"].Size);
    }

    [Theory]
    [InlineData("target_pid", ".rodata", true)]
    [InlineData("word", ".data", false)]
    [InlineData("counter", ".bss", false)]
    [InlineData("custom_constant", ".rodata.custom", true)]
    [InlineData("custom_value", ".data.custom", false)]
    [InlineData("custom_zero", ".bss.custom", false)]
    [InlineData("hidden_in_data", ".data", false)]
    public void Map_Variable_IsThatOfItsSection(string name, string section, bool isConstant)
    {
        VariableSpec variable = _spec.Variables[name];

        Assert.Equal((section, isConstant), (variable.Map.Name, variable.IsConstant));
        Assert.Same(_spec.Maps[section], variable.Map);
    }

    [Fact]
    public void Set_Value_ChangesTheMapsContents()
    {
        VariableSpec variable = _spec.Variables["target_pid"];

        variable.Set(1234u);

        Assert.Equal(1234u, variable.Get<uint>());
        Assert.Equal(1234u, BitConverter.ToUInt32(_spec.Maps[".rodata"].Contents!.Value.Span[(int)variable.Offset..]));
    }

    [Fact]
    public void Set_Value_LeavesTheImageAlone()
    {
        byte[] image = Fixtures.Read("spec/variables.bpf.o");
        byte[] copy = [.. image];

        BpfObjectSpec.Read(image, "x.o").Variables["word"].Set(7u);

        Assert.Equal(copy, image);
    }

    [Fact]
    public void Set_OtherSize_NamesBothSizes() =>
        Assert.Equal(
            "variable target_pid has 4 bytes, but UInt64 has 8",
            Assert.Throws<ArgumentException>(() => _spec.Variables["target_pid"].Set(1ul)).Message);

    [Fact]
    public void Get_OtherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => _spec.Variables["target_pid"].Get<short>());

    [Fact]
    public void Indexer_UnknownName_ListsThoseThatExist()
    {
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => _spec.Variables["target_pidd"]);

        Assert.Contains("no variable 'target_pidd'; it has: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("target_pid", error.Message, StringComparison.Ordinal);
        Assert.False(_spec.Variables.TryGet("target_pidd", out _));
    }

    [Theory]
    [InlineData("tcpconnlat.bpf.o", ".rodata", "tcpconnl.rodata")]
    [InlineData("x.bpf.o", ".bss", "x.bss")]
    [InlineData("my-object.o", ".data", "my_objec.data")]
    [InlineData("x.o", ".data.custom", ".data.custom")]
    [InlineData("x.o", ".rodata.a_very_long_name", ".rodata.a_very_")]
    [InlineData("", ".bss", ".bss")]
    public void KernelName_GlobalData_IsFormedLikeLibbpfs(string objectName, string section, string expected)
    {
        ElfBuilder elf = new();
        bool isZeroed = section.StartsWith(".bss", StringComparison.Ordinal);
        elf.Add(section, isZeroed ? ElfSectionKind.NoBits : ElfSectionKind.ProgramBits, [], size: 8);
        byte[] image = elf.Build();

        Assert.Equal(expected, Assert.Single(BpfObjectSpec.Read(image, objectName).Maps).KernelName);
    }

    [Fact]
    public void Read_VariablePastItsSection_IsRefused()
    {
        BtfBuilder types = new();
        types.DataSection(".data", 8, (types.Variable("v", types.Int("int", 4)), 6, 4));
        ElfBuilder elf = new();
        elf.AddSymbol("v", ElfSymbolKind.Object, elf.Add(".data", ElfSectionKind.ProgramBits, new byte[8]), 6);
        elf.Add(".BTF", ElfSectionKind.ProgramBits, types.Build());

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(elf.Build(), "x.o"));

        Assert.Equal((".data", 6L), (error.Section, error.Offset));
        Assert.Contains("variable v reaches past the end of the section", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooMuchData_IsRefused()
    {
        ElfBuilder elf = new();
        elf.Add(".bss", ElfSectionKind.NoBits, [], size: (32 << 20) + 1);

        Assert.Contains(
            "limit of 32 MiB", Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(elf.Build(), "x.o")).Message,
            StringComparison.Ordinal);
    }
}
