using BpfCore.Elf;
using BpfCore.Specs;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class ProgramReaderTests
{
    private const ulong Exit = 0x95;

    private readonly ElfBuilder _elf = new();

    [Fact]
    public void Read_SeveralInOneSection_AreCutApartInOrderOfPlace()
    {
        int code = _elf.AddCode("kprobe/x", Exit, Exit, Exit);
        AddFunction("second", code, 8, 16);
        AddFunction("first", code, 0, 8);

        BpfObjectSpec spec = Read();

        Assert.Equal(["first", "second"], spec.Programs.Select(program => program.Name));
        Assert.Equal(2, spec.Programs["second"].Instructions.Length);
        Assert.Equal(1, spec.Programs["second"].SectionInstruction);
        Assert.Equal(new KprobeTarget("x", 0, IsReturn: false), spec.Programs["first"].Target);
    }

    [Fact]
    public void Read_QuestionMark_SwitchesAutoLoadOff()
    {
        AddFunction("optional", _elf.AddCode("?fentry/f", Exit), 0, 8);

        ProgramSpec program = Assert.Single(Read().Programs);

        Assert.False(program.AutoLoad);
        Assert.Equal(("fentry/f", "?fentry/f"), (program.SectionName, program.RawSectionName));
        Assert.Equal(new TracingTarget(TracingKind.FunctionEntry, "f"), program.Target);
    }

    [Fact]
    public void Read_TextBesidePrograms_IsSubprograms()
    {
        AddFunction("helper", _elf.AddCode(".text", Exit), 0, 8, ElfSymbolBinding.Local);
        AddFunction("program", _elf.AddCode("kprobe/x", Exit), 0, 8);

        BpfObjectSpec spec = Read();

        Assert.Equal("program", Assert.Single(spec.Programs).Name);
        Assert.True(spec.Functions.Single(function => function.Name == "helper").IsSubprogram);
    }

    [Fact]
    public void Read_OneFunctionInText_IsAProgram()
    {
        AddFunction("alone", _elf.AddCode(".text", Exit), 0, 8);

        Assert.Equal(ProgramType.Unspecified, Assert.Single(Read().Programs).Type);
    }

    [Fact]
    public void Read_StaticProgram_IsRefused()
    {
        AddFunction("hidden", _elf.AddCode("kprobe/x", Exit), 0, 8, ElfSymbolBinding.Local);

        Assert.Contains(
            "program hidden is static; a program must be global", Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 12)]
    [InlineData(4, 8)]
    [InlineData(0, 24)]
    [InlineData(16, 8)]
    [InlineData(24, 8)]
    [InlineData(8, ulong.MaxValue - 7)]
    public void Read_FunctionOutsideItsSection_IsRefused(ulong value, ulong size)
    {
        AddFunction("f", _elf.AddCode("kprobe/x", Exit, Exit), value, size);

        BpfFormatException error = Refusal();

        Assert.Equal("kprobe/x", error.Section);
        Assert.Contains("no run of whole instructions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Alias_IsAProgramOfItsOwn()
    {
        int code = _elf.AddCode("kprobe/x", Exit);
        AddFunction("one", code, 0, 8);
        AddFunction("other", code, 0, 8);

        Assert.Equal(2, Read().Programs.Count);
    }

    [Fact]
    public void Read_NineNamesForOnePlace_AreRefused()
    {
        int code = _elf.AddCode("kprobe/x", Exit);
        for (int index = 0; index < 9; index++)
        {
            AddFunction($"f{index}", code, 0, 8);
        }

        Assert.Contains("more than 8 names", Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kprobe/x", ".text", 0, "helper")]
    [InlineData("kprobe/x", ".text", 1, "helper")]
    [InlineData("kprobe/x", ".text", 2, null)]
    [InlineData("kprobe/x", "kprobe/x", 0, "program")]
    [InlineData("kprobe/x", "kprobe/x", 1, null)]
    public void FindFunction_Place_GivesTheFunctionThere(
        string programs, string section, int instruction, string? expected)
    {
        AddFunction("helper", _elf.AddCode(".text", Exit, Exit, Exit), 0, 16);
        AddFunction("program", _elf.AddCode(programs, Exit), 0, 8);
        BpfObjectSpec spec = Read();

        Assert.Equal(expected, spec.FindFunction(spec.Elf.FindSection(section)!.Index, instruction)?.Name);
    }

    private void AddFunction(
        string name, int section, ulong value, ulong size, ElfSymbolBinding binding = ElfSymbolBinding.Global) =>
        _elf.AddSymbol(name, ElfSymbolKind.Function, section, value, size, binding);

    private BpfObjectSpec Read() => BpfObjectSpec.Read(_elf.Build(), "x.o");

    private BpfFormatException Refusal() => Assert.Throws<BpfFormatException>(Read);
}
