using BpfCore.CoRe;
using BpfCore.Elf;
using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Tests.Elf;

namespace BpfCore.Tests.Linking;

/// <summary>An object made of functions of a few instructions, linked without any kernel's types.</summary>
internal sealed class ProgramBuilder
{
    public const ulong Exit = 0x95;

    private readonly ElfBuilder _elf = new();
    private readonly List<(string Name, int Place)> _functions = [];
    private readonly List<ulong> _text = [];
    private readonly List<ulong> _program = [];
    private readonly List<(bool InText, ulong Offset, string Symbol, uint Type)> _relocations = [];

    /// <summary>A call of the function <paramref name="distance"/> slots behind the next instruction.</summary>
    public static ulong Call(int distance = -1) => 0x1085 | (unchecked((ulong)distance) << 32);

    /// <summary>The first slot of a 64-bit load; the second one follows as 0.</summary>
    public static ulong Load(int immediate = 0, PseudoSource source = PseudoSource.None) =>
        0x18 | ((ulong)source << 12) | (unchecked((ulong)immediate) << 32);

    /// <summary>A move of a number into r0, by which tests tell functions apart.</summary>
    public static ulong Mark(int number) => 0xB7 | (unchecked((ulong)number) << 32);

    /// <summary>Adds a subprogram and gives its place in .text.</summary>
    public int AddSubprogram(string name, params ulong[] code)
    {
        int place = _text.Count;
        _functions.Add((name, place));
        _text.AddRange(code);
        return place;
    }

    /// <summary>The instructions of the program itself.</summary>
    public ProgramBuilder Program(params ulong[] code)
    {
        _program.AddRange(code);
        return this;
    }

    /// <summary>
    /// Relocates an instruction of the program against a subprogram, .text, .data or an unknown symbol.
    /// </summary>
    public ProgramBuilder Relocate(int instruction, string symbol)
    {
        _relocations.Add((false, (ulong)instruction * 8, symbol, 1));
        return this;
    }

    public BpfObjectSpec Read()
    {
        int program = _elf.AddCode("kprobe/x", [.. _program]);
        int data = _elf.Add(".data", ElfSectionKind.ProgramBits, new byte[64]);
        Dictionary<string, int> symbols = [];
        if (_text.Count > 0)
        {
            AddText(symbols);
        }

        _elf.AddSymbol("program", ElfSymbolKind.Function, program, 0, (ulong)_program.Count * 8);
        symbols["variable"] = _elf.AddSymbol("variable", ElfSymbolKind.Object, data, 16, 4);
        if (_relocations.Exists(static relocation => relocation.Symbol == "outside"))
        {
            symbols["outside"] = _elf.AddSymbol("outside", ElfSymbolKind.None, 0);
        }

        _elf.AddRelocations(
            program,
            [.. _relocations.Select(relocation => (relocation.Offset, symbols[relocation.Symbol], relocation.Type))]);
        return BpfObjectSpec.Read(_elf.Build(), "x.o");
    }

    public LinkedProgram Link()
    {
        BpfObjectSpec spec = Read();
        return new ProgramLinker(spec, CoReTargets.None, observer: null).Link(spec.Programs["program"]);
    }

    private void AddText(Dictionary<string, int> symbols)
    {
        int text = _elf.AddCode(".text", [.. _text]);
        symbols[".text"] = _elf.AddSymbol("", ElfSymbolKind.Section, text, binding: ElfSymbolBinding.Local);
        for (int index = 0; index < _functions.Count; index++)
        {
            (string name, int place) = _functions[index];
            int end = index + 1 < _functions.Count ? _functions[index + 1].Place : _text.Count;
            symbols[name] = _elf.AddSymbol(
                name, ElfSymbolKind.Function, text, (ulong)place * 8, (ulong)(end - place) * 8);
        }
    }
}
