using BpfCore.Elf;
using BpfCore.Tests.Golden;
using Xunit;

namespace BpfCore.Tests.Elf;

public sealed class ElfFormatterTests
{
    [Theory]
    [InlineData("programs")]
    [InlineData("variables")]
    public void Write_Object_GivesGoldenText(string name) =>
        GoldenFile.Verify($"{name}.elf.txt", Dump(Read($"spec/{name}.bpf.o")));

    [Theory]
    [InlineData("spec/programs.bpf.o")]
    [InlineData("spec/maps.bpf.o")]
    [InlineData("core/globals.bpf.o")]
    public void Format_Symbols_EqualsReadelf(string fixture)
    {
        string[] expected = ExternalTool.Run("readelf", "--symbols", "--wide", Fixtures.PathOf(fixture))
            .Split('\n').SkipWhile(line => !line.Contains("Num:", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.Length > 0).ToArray();

        IReadOnlyList<ElfSymbol> symbols = Read(fixture).Symbols;

        Assert.Equal(expected.Length, symbols.Count);
        for (int index = 0; index < expected.Length; index++)
        {
            // readelf prints the section's name for a section symbol, which has none of its own.
            string ours = ElfFormatter.Format(symbols[index]);
            Assert.True(
                symbols[index].Kind == ElfSymbolKind.Section
                    ? expected[index].StartsWith(ours, StringComparison.Ordinal)
                    : expected[index] == ours,
                $"expected {expected[index]}\nfound    {ours}");
        }
    }

    [Fact]
    public void Format_KindsThatAreNotListed_AppearAsNumbers()
    {
        ElfBuilder builder = new();
        builder.Add("odd", (ElfSectionKind)0x6FFF4C03, []);
        builder.AddSymbol("odd", (ElfSymbolKind)6, 0xFFF2, binding: (ElfSymbolBinding)10);

        string text = Dump(ElfFile.Read(builder.Build(), "x.o"));

        Assert.Contains("6fff4c03", text, StringComparison.Ordinal);
        Assert.Contains("    0 6       10     DEFAULT  COM odd\n", text, StringComparison.Ordinal);
    }

    private static ElfFile Read(string fixture) => ElfFile.Read(Fixtures.Read(fixture), fixture);

    private static string Dump(ElfFile elf)
    {
        StringWriter output = new();
        ElfFormatter.Write(elf, output);
        return output.ToString();
    }
}
