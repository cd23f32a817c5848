using BpfCore.Elf;
using Xunit;

namespace BpfCore.Tests.Elf;

public sealed class ElfSymbolTests
{
    [Fact]
    public void Read_AllFields_AreDecoded()
    {
        ElfBuilder builder = new();
        int code = builder.AddCode("kprobe/x", 0x95, 0x95);
        builder.AddSymbol(
            "probe", ElfSymbolKind.Function, code, 8, 16, ElfSymbolBinding.Weak, ElfSymbolVisibility.Hidden);
        builder.AddSymbol("outside", ElfSymbolKind.None, section: 0);
        builder.AddSymbol("shared", ElfSymbolKind.Object, section: 0xFFF2);

        IReadOnlyList<ElfSymbol> symbols = ElfFile.Read(builder.Build(), "x.o").Symbols;

        Assert.Equal(4, symbols.Count);
        Assert.False(symbols[0].IsExternal);
        Assert.Equal(
            new ElfSymbol(
                1, "probe", ElfSymbolKind.Function, ElfSymbolBinding.Weak, ElfSymbolVisibility.Hidden, code, 8, 16),
            symbols[1]);
        Assert.True(symbols[2].IsExternal);
        Assert.True(symbols[3].HasReservedSection);
    }

    [Fact]
    public void Read_SymbolInMissingSection_ReportsItsPlace()
    {
        ElfBuilder builder = new();
        builder.AddSymbol("lost", ElfSymbolKind.Object, section: 99);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ElfFile.Read(builder.Build(), "x.o"));

        Assert.Equal((".symtab", 24L + ElfNative.st_shndx), (error.Section, error.Offset));
        Assert.Contains("symbol 1 (lost) lies in section 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoSymbolTables_AreRefused()
    {
        ElfBuilder builder = new();
        builder.Add("second", ElfSectionKind.SymbolTable, [], entrySize: 24);

        Assert.Contains(
            "two symbol tables", Assert.Throws<BpfFormatException>(() => ElfFile.Read(builder.Build(), "x.o")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElfNative.sh_entsize, 16, "symbols of 16 bytes, expected 24")]
    [InlineData(ElfNative.sh_link, 9, "section 9 with the symbol names does not exist")]
    [InlineData(ElfNative.sh_link, 1, "the name of symbol 1 lies past the end")]
    public void Read_DamagedSymbolTableHeader_Throws(int field, byte value, string problem)
    {
        ElfBuilder builder = new();
        builder.Add("empty", ElfSectionKind.StringTable, [0]);
        builder.AddSymbol("probe", ElfSymbolKind.Object, section: 0);
        byte[] image = builder.Build();
        image[builder.HeadersOffset + (2 * ElfNative.sizeof_Elf64_Shdr) + field] = value;

        Assert.Contains(
            problem, Assert.Throws<BpfFormatException>(() => ElfFile.Read(image, "x.o")).Message,
            StringComparison.Ordinal);
    }
}
