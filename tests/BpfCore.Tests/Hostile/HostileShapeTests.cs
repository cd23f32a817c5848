using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Hostile;

/// <summary>
/// Objects built to make a reader spend memory, time or stack out of proportion to their size: few bytes that are
/// used many times over.
/// </summary>
[Collection(HostileCollection.Name)]
public sealed class HostileShapeTests
{
    private const ulong Exit = 0x95;
    private const ulong CallNext = 0x1085; // BPF_PSEUDO_CALL, immediate 0: the instruction behind it
    private const ulong LoadMap = 0x18;

    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(20);

    private readonly ElfBuilder _elf = new();
    private readonly BtfBuilder _types = new();

    [Theory]
    [InlineData(4_000)]
    [InlineData(30_000)]
    public void Read_ManySymbolsWithOneLongName_StaysWithinMemory(int length)
    {
        int code = _elf.AddCode("kprobe/x", Exit);
        string name = new('n', length);
        for (int index = 0; index < 1_200; index++)
        {
            _elf.AddSymbol(index == 0 ? name : "", ElfSymbolKind.None, code);
        }

        byte[] image = _elf.Build();
        ShareName(image, 1_200);

        Read(image);
    }

    [Fact]
    public void Read_ManyVariablesWithOneLongName_StaysWithinMemory()
    {
        uint variable = _types.Variable(new string('n', 30_000), _types.Int("int", 4), BtfLinkage.Static);
        _types.DataSection(".data", 8, [.. Enumerable.Repeat((variable, 0u, 4u), 2_500)]);
        _elf.Add(".data", ElfSectionKind.ProgramBits, new byte[8]);
        _elf.Add(".BTF", ElfSectionKind.ProgramBits, _types.Build());

        Read(_elf.Build());
    }

    [Fact]
    public void Read_ManySectionsOfZeroedData_StaysWithinMemory()
    {
        for (int index = 0; index < 500; index++)
        {
            _elf.Add($".bss.{index}", ElfSectionKind.NoBits, [], size: 16 << 20);
        }

        Assert.Contains("global data", Read(_elf.Build())!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManySectionsOverTheSameBytes_AreRefused()
    {
        for (int index = 0; index < 500; index++)
        {
            _elf.Add($".data.{index}", ElfSectionKind.ProgramBits, index == 0 ? new byte[30_000] : []);
        }

        byte[] image = _elf.Build();
        for (int index = 2; index <= 500; index++)
        {
            int first = _elf.HeadersOffset + ElfNative.sizeof_Elf64_Shdr;
            image.AsSpan(first + ElfNative.sh_offset, 16).CopyTo(
                image.AsSpan(_elf.HeadersOffset + (index * ElfNative.sizeof_Elf64_Shdr) + ElfNative.sh_offset));
        }

        Assert.Contains("overlap", Read(image)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyFunctionsOverTheSameBytes_StaysWithinMemory()
    {
        int code = _elf.AddCode("kprobe/x", [.. Enumerable.Repeat(Exit, 4_000)]);
        for (int index = 0; index < 1_200; index++)
        {
            _elf.AddSymbol($"f{index}", ElfSymbolKind.Function, code, 0, 32_000);
        }

        Read(_elf.Build());
    }

    [Fact]
    public void Read_FunctionsThatOverlap_AreRefused()
    {
        int code = _elf.AddCode("kprobe/x", Exit, Exit, Exit);
        _elf.AddSymbol("one", ElfSymbolKind.Function, code, 0, 16);
        _elf.AddSymbol("two", ElfSymbolKind.Function, code, 8, 16);

        Assert.Contains("two begins inside one", Read(_elf.Build())!.Message, StringComparison.Ordinal);
    }

    // Each subprogram calls the next one: a linker that follows calls by recursion must stop before its stack ends.
    [Fact]
    public void Link_EndlessChainOfSubprograms_IsRefused()
    {
        const int Length = 50_000;
        int program = _elf.AddCode("kprobe/x", CallNext, Exit);
        int text = _elf.AddCode(".text", [.. Enumerable.Repeat(CallNext, Length - 1), Exit]);
        _elf.AddSymbol("start", ElfSymbolKind.Function, program, 0, 16);
        int first = _elf.AddSymbol("f0", ElfSymbolKind.Function, text, 0, 8);
        for (int index = 1; index < Length; index++)
        {
            _elf.AddSymbol($"f{index}", ElfSymbolKind.Function, text, (ulong)index * 8, 8);
        }

        _elf.AddRelocations(program, (0, first, 10));

        Assert.Contains("256 functions already", Read(_elf.Build())!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManySectionsAndSymbols_TakesTimeInProportion()
    {
        for (int index = 0; index < 30_000; index++)
        {
            _elf.AddCode("kprobe/x", Exit);
        }

        for (int index = 0; index < 60_000; index++)
        {
            _elf.AddSymbol("", ElfSymbolKind.Object, 1 + (index / 2));
        }

        Read(_elf.Build());
    }

    [Fact]
    public void Read_ManyRelocationsOfManyFunctions_TakesTimeInProportion()
    {
        const int Count = 60_000;
        int text = _elf.AddCode(".text", [.. Enumerable.Repeat(CallNext, Count)]);
        int program = _elf.AddCode("kprobe/x", Exit);
        _elf.AddSymbol("start", ElfSymbolKind.Function, program, 0, 8);
        int first = _elf.AddSymbol("f0", ElfSymbolKind.Function, text, 0, 8);
        for (int index = 1; index < Count; index++)
        {
            _elf.AddSymbol("f", ElfSymbolKind.Function, text, (ulong)index * 8, 8);
        }

        _elf.AddRelocations(text, [.. Enumerable.Range(0, Count).Select(index => ((ulong)index * 8, first, 10u))]);

        Assert.Null(Read(_elf.Build()));
    }

    [Fact]
    public void Read_ManyRelocationsOfManyMaps_TakesTimeInProportion()
    {
        const int Count = 30_000;
        uint array = _types.Array(_types.Int("int", 4), 1, 2);
        uint map = _types.Struct("map", 8, ("type", _types.Pointer(array), 0));
        (uint, uint, uint)[] places =
            [.. Enumerable.Range(0, Count).Select(index => (_types.Variable("m", map), (uint)index * 8, 8u))];
        _types.DataSection(".maps", Count * 8, places);
        int maps = _elf.Add(".maps", ElfSectionKind.ProgramBits, new byte[Count * 8]);
        _elf.Add(".BTF", ElfSectionKind.ProgramBits, _types.Build());
        ulong[] load = [LoadMap, 0];
        int program = _elf.AddCode("kprobe/x", [.. Enumerable.Repeat(load, Count).SelectMany(slots => slots)]);
        _elf.AddSymbol("start", ElfSymbolKind.Function, program, 0, Count * 16);
        int last = _elf.AddSymbol("m", ElfSymbolKind.Object, maps, (Count - 1) * 8, 8);
        _elf.AddRelocations(program, [.. Enumerable.Range(0, Count).Select(index => ((ulong)index * 16, last, 1u))]);

        Assert.Null(Read(_elf.Build()));
    }

    // Reads and links; gives the refusal, or null.
    private static BpfException? Read(byte[] image)
    {
        BpfException? refusal = null;
        HostileRun.Read(
            image, [new Damage(image.Length)], (data, _) => refusal = ObjectWalk.ReadAndLink(data), s_timeLimit);
        return refusal;
    }

    // Gives all symbols the name of the first one.
    private void ShareName(byte[] image, int count)
    {
        const int SymbolTable = 2; // behind the one section of code
        int header = _elf.HeadersOffset + (SymbolTable * ElfNative.sizeof_Elf64_Shdr);
        int table = BitConverter.ToInt32(image, header + ElfNative.sh_offset);
        for (int index = 2; index <= count; index++)
        {
            image.AsSpan(table + ElfNative.sizeof_Elf64_Sym, sizeof(uint))
                .CopyTo(image.AsSpan(table + (index * ElfNative.sizeof_Elf64_Sym)));
        }
    }
}
