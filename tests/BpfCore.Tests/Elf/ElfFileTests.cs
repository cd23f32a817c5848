using System.Buffers.Binary;
using BpfCore.Elf;
using Xunit;

namespace BpfCore.Tests.Elf;

public sealed class ElfFileTests
{
    [Fact]
    public void Read_SmallObject_HasSectionsInFileOrder()
    {
        ElfBuilder builder = new();
        builder.AddCode("kprobe/x", 0x95);
        builder.Add(".bss", ElfSectionKind.NoBits, [], flags: 3, size: 4096);

        ElfFile elf = ElfFile.Read(builder.Build(), "x.o");

        Assert.Equal(["", "kprobe/x", ".bss", ".symtab", ".strtab"], elf.Sections.Select(section => section.Name));
        Assert.Equal((1, 247), (elf.Type, elf.Machine));
        Assert.Equal(8, elf.Sections[1].Data.Length);
        Assert.True(elf.Sections[1].IsExecutable);
        Assert.Equal((4096ul, 0), (elf.Sections[2].Size, elf.Sections[2].Data.Length));
        Assert.True(elf.Sections[2].IsWritable);
        Assert.Same(elf.Sections[2], elf.FindSection(".bss"));
        Assert.Null(elf.FindSection(".data"));
    }

    [Fact]
    public void Read_NoSectionHeaders_GivesEmptyFile()
    {
        byte[] image = new ElfBuilder().Build();
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(ElfNative.e_shoff), 0);

        ElfFile elf = ElfFile.Read(image, "x.o");

        Assert.Empty(elf.Sections);
        Assert.Empty(elf.Symbols);
    }

    [Theory]
    [InlineData(0, 0x7E, 0, "no ELF file")]
    [InlineData(ElfNative.EI_CLASS, 1, ElfNative.EI_CLASS, "a 32-bit ELF file")]
    [InlineData(ElfNative.EI_DATA, 2, ElfNative.EI_DATA, "big-endian")]
    [InlineData(ElfNative.EI_DATA, 0, ElfNative.EI_DATA, "expected little-endian data (1), found 0")]
    [InlineData(ElfNative.e_shentsize, 40, ElfNative.e_shentsize, "section headers of 40 bytes, expected 64")]
    [InlineData(ElfNative.e_shoff + 7, 0x80, ElfNative.e_shoff, "past the end")]
    [InlineData(ElfNative.e_shnum, 200, ElfNative.e_shnum, "200 section headers cannot fit")]
    [InlineData(ElfNative.e_shstrndx, 77, ElfNative.e_shstrndx, "section 77")]
    public void Read_DamagedHeader_ReportsField(int offset, byte value, long reported, string problem)
    {
        byte[] image = new ElfBuilder().Build();
        image[offset] = value;

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ElfFile.Read(image, "x.o"));

        Assert.Equal(("x.o", reported), (error.Input, error.Offset));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyInput_SaysHowManyBytesAreNeeded() =>
        Assert.Contains(
            "the ELF magic needs 4 bytes",
            Assert.Throws<BpfFormatException>(() => ElfFile.Read(default, "x.o")).Message,
            StringComparison.Ordinal);

    // gABI: e_shnum 0 and e_shstrndx SHN_XINDEX move both numbers into section 0.
    [Fact]
    public void Read_ExtendedNumbering_TakesCountAndNamesFromSectionZero()
    {
        ElfBuilder builder = new();
        byte[] image = builder.Build();
        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(ElfNative.e_shnum));
        image[ElfNative.e_shnum] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(ElfNative.e_shstrndx), ElfNative.SHN_XINDEX);
        image[builder.HeadersOffset + ElfNative.sh_size] = (byte)count;
        image[builder.HeadersOffset + ElfNative.sh_link] = (byte)(count - 1);

        Assert.Equal(["", ".symtab", ".strtab"], ElfFile.Read(image, "x.o").Sections.Select(section => section.Name));
    }

    [Theory]
    [InlineData(ElfNative.sh_offset + 7, 0xFF, "reaches past the end of the file")]
    [InlineData(ElfNative.sh_size + 3, 0x7F, "reaches past the end of the file")]
    [InlineData(ElfNative.sh_name + 1, 0x7F, "the name of section 1 lies past the end")]
    public void Read_DamagedSectionHeader_Throws(int field, byte value, string problem)
    {
        ElfBuilder builder = new();
        builder.AddCode("kprobe/x", 0x95);
        byte[] image = builder.Build();
        image[builder.HeadersOffset + ElfNative.sizeof_Elf64_Shdr + field] = value;

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ElfFile.Read(image, "x.o"));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
