using BpfCore.Elf;
using BpfCore.Specs;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class RelocationReaderTests
{
    private const ulong Exit = 0x95;
    private const ulong Load = 0x18;
    private const ulong Call = 0xFFFF_FFFF_0000_1085; // BPF_PSEUDO_CALL, immediate -1
    private const ulong HelperCall = 0x0000_0001_0000_0085;

    private readonly ElfBuilder _elf = new();
    private readonly int _text;
    private readonly int _data;

    public RelocationReaderTests()
    {
        _text = _elf.AddCode(".text", Exit, Exit);
        _data = _elf.Add(".data", ElfSectionKind.ProgramBits, new byte[16]);
        _elf.AddSymbol("helper", ElfSymbolKind.Function, _text, 0, 16);
    }

    [Fact]
    public void Read_CallOfText_IsACall()
    {
        ProgramRelocation relocation = Read([Call, Exit], ("helper2", ElfSymbolKind.None, _text, 8));

        Assert.Equal(
            (ProgramRelocationKind.Call, "helper2", 8ul),
            (relocation.Kind, relocation.Symbol, relocation.SymbolOffset));
    }

    [Fact]
    public void Read_LoadOfData_IsAMapValue()
    {
        ProgramRelocation relocation = Read([Load, 0, Exit], ("v", ElfSymbolKind.Object, _data, 8));

        Assert.Equal((ProgramRelocationKind.MapValue, 8ul), (relocation.Kind, relocation.SymbolOffset));
        Assert.Equal(".data", relocation.Map!.Name);
    }

    [Fact]
    public void Read_LoadOfText_IsAFunctionAddress() =>
        Assert.Equal(
            ProgramRelocationKind.FunctionAddress,
            Read([Load, 0, Exit], ("callback", ElfSymbolKind.Section, _text, 8)).Kind);

    [Theory]
    [InlineData("functions", ProgramRelocationKind.ExternalCall, "kernel_function")]
    [InlineData("addresses", ProgramRelocationKind.ExternalLoad, "schedule")]
    public void Read_UndefinedSymbol_IsTheExternOfThatName(string program, object kind, string name)
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read("core/ksyms.bpf.o"), "ksyms.bpf.o");

        Assert.Contains(
            spec.Programs[program].Relocations.Values,
            relocation => Equals(relocation.Kind, kind) && relocation.Extern == spec.Externs[name]);
    }

    [Theory]
    [InlineData(Exit, 2, 0, "neither a call nor a 64-bit load")]
    [InlineData(HelperCall, 2, 0, "a relocated call must be one of a subprogram")]
    [InlineData(Call, 3, 0, "calls a function outside .text")]
    [InlineData(Call, 2, 4, "calls into the middle of an instruction (offset 0x4)")]
    [InlineData(Load, 0xFFF2, 0, "was a global variable left without an initial value?")]
    [InlineData(Load, 1, 0, "is neither a map, nor global data, nor a function of .text")]
    public void Read_WhatCannotBe_IsRefused(ulong instruction, int section, ulong value, string problem)
    {
        int target = section switch { 1 => Strings(), 2 => _text, 3 => _data, _ => section };

        BpfFormatException error = Assert.Throws<BpfFormatException>(
            () => Read([instruction, 0, Exit], ("s", ElfSymbolKind.Object, target, value)));

        Assert.Equal(("kprobe/x", 0L), (error.Section, error.Offset));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("relocation against s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LoadWithoutSecondSlot_IsRefused() =>
        Assert.Contains(
            "a 64-bit load lacks its second slot",
            Assert.Throws<BpfFormatException>(() => Read([Load], ("v", ElfSymbolKind.Object, _data, 0))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(ulong.MaxValue - 7)]
    public void Read_PlaceThatIsNoInstruction_IsRefused(ulong offset)
    {
        int code = _elf.AddCode("kprobe/x", Exit, Exit);
        _elf.AddRelocations(code, (offset, 1, 1));

        Assert.Contains(
            "a relocation points at no instruction",
            Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(_elf.Build(), "x.o")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RelocationOutsideOfFunctions_IsLeftOut()
    {
        int code = _elf.AddCode("kprobe/x", Exit, Exit);
        _elf.AddSymbol("program", ElfSymbolKind.Function, code, 0, 8);
        _elf.AddRelocations(code, (8, 1, 1));

        Assert.Empty(BpfObjectSpec.Read(_elf.Build(), "x.o").Programs["program"].Relocations);
    }

    [Fact]
    public void Read_RelocationsOfMissingSection_AreRefused()
    {
        _elf.Add(".rel", ElfSectionKind.Relocation, [], info: 77, entrySize: 16);

        Assert.Contains(
            "section 77, which does not exist",
            Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(_elf.Build(), "x.o")).Message,
            StringComparison.Ordinal);
    }

    private int Strings() => _elf.Add("strings", ElfSectionKind.StringTable, [0]);

    // A program with one relocation of its first instruction.
    private ProgramRelocation Read(ulong[] code, (string Name, ElfSymbolKind Kind, int Section, ulong Value) symbol)
    {
        int section = _elf.AddCode("kprobe/x", code);
        _elf.AddSymbol("program", ElfSymbolKind.Function, section, 0, (ulong)code.Length * 8);
        int index = _elf.AddSymbol(symbol.Name, symbol.Kind, symbol.Section, symbol.Value);
        _elf.AddRelocations(section, (0, index, 1));
        return BpfObjectSpec.Read(_elf.Build(), "x.o").Programs["program"].Relocations[0];
    }
}
