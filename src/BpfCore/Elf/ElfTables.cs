using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>Header, section headers and program headers of an <see cref="ElfImage"/>.</summary>
internal sealed record ElfTables(
    ushort Type, ushort Machine, List<ElfSectionHeader> Sections, List<ElfSegment> Segments)
{
    public static ElfTables Read(ElfImage image)
    {
        ByteView header = image.ReadPart(0, ElfNative.sizeof_Elf64_Ehdr, "ELF header");
        ElfFile.CheckIdentity(header);
        return new ElfTables(
            header.ReadUInt16(ElfNative.e_type, "e_type"),
            header.ReadUInt16(ElfNative.e_machine, "e_machine"),
            ReadSections(image, header),
            ReadSegments(image, header));
    }

    private static List<ElfSectionHeader> ReadSections(ElfImage image, ByteView header)
    {
        ulong offset = header.ReadUInt64(ElfNative.e_shoff, "e_shoff");
        if (offset == 0)
        {
            return [];
        }

        // gABI: from SHN_LORESERVE sections on, number and index of the names stand in the first header.
        ByteView first = image.ReadPart(offset, ElfNative.sizeof_Elf64_Shdr, "section header 0");
        ulong count = header.ReadUInt16(ElfNative.e_shnum, "e_shnum");
        count = count != 0 ? count : first.ReadUInt64(ElfNative.sh_size, "sh_size of section 0");
        uint names = header.ReadUInt16(ElfNative.e_shstrndx, "e_shstrndx");
        names = names != ElfNative.SHN_XINDEX ? names : first.ReadUInt32(ElfNative.sh_link, "sh_link of section 0");
        if (count > uint.MaxValue || names >= count)
        {
            throw header.Error(ElfNative.e_shstrndx, $"section {names} with the names does not exist");
        }

        ByteView table = image.ReadPart(offset, count * ElfNative.sizeof_Elf64_Shdr, "section headers");
        StringTable texts = new(image.Read(ElfSectionHeader.Read(table, (int)names, default)));
        List<ElfSectionHeader> sections = new((int)count);
        for (int index = 0; index < (int)count; index++)
        {
            sections.Add(ElfSectionHeader.Read(table, index, texts));
        }

        return sections;
    }

    private static List<ElfSegment> ReadSegments(ElfImage image, ByteView header)
    {
        int count = header.ReadUInt16(ElfNative.e_phnum, "e_phnum");
        ulong offset = header.ReadUInt64(ElfNative.e_phoff, "e_phoff");
        ByteView table = image.ReadPart(offset, (ulong)count * ElfNative.sizeof_Elf64_Phdr, "program headers");
        List<ElfSegment> segments = [];
        for (int index = 0; index < count; index++)
        {
            if (ElfSegment.Read(table, index) is ElfSegment segment)
            {
                segments.Add(segment);
            }
        }

        return segments;
    }
}
