using BpfCore.Elf;
using Xunit;

namespace BpfCore.Tests.Elf;

public sealed class ElfRelocationTests
{
    [Fact]
    public void ReadRelocations_Entries_AreDecoded()
    {
        ElfBuilder builder = new();
        int code = builder.AddCode("kprobe/x", 0x18, 0);
        int symbol = builder.AddSymbol("map", ElfSymbolKind.Object, code);
        int table = builder.AddRelocations(code, (0, symbol, 1), (8, 0, 10));
        ElfFile elf = ElfFile.Read(builder.Build(), "x.o");

        Assert.Equal(
            [new ElfRelocation(0, symbol, 1), new ElfRelocation(8, 0, 10)], elf.ReadRelocations(elf.Sections[table]));
    }

    [Fact]
    public void ReadRelocations_SymbolThatDoesNotExist_ReportsEntry()
    {
        ElfBuilder builder = new();
        int code = builder.AddCode("kprobe/x", 0x18, 0);
        int table = builder.AddRelocations(code, (0, 0, 1), (8, 5, 1));
        ElfFile elf = ElfFile.Read(builder.Build(), "x.o");

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => elf.ReadRelocations(elf.Sections[table]));

        Assert.Equal((".relkprobe/x", 16L), (error.Section, error.Offset));
        Assert.Contains("symbol 5 does not exist, the table has 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRelocations_WrongEntrySize_IsRefused()
    {
        ElfBuilder builder = new();
        int table = builder.Add(".rela", ElfSectionKind.RelocationWithAddend, new byte[24], entrySize: 24);
        ElfFile elf = ElfFile.Read(builder.Build(), "x.o");

        Assert.Contains(
            "relocation entries of 24 bytes, expected 16",
            Assert.Throws<BpfFormatException>(() => elf.ReadRelocations(elf.Sections[table])).Message,
            StringComparison.Ordinal);
    }
}
