using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>Reads the section header table.</summary>
internal static class ElfSectionTable
{
    public static ElfSection[] Read(ByteView file)
    {
        ulong offset = file.ReadUInt64(ElfNative.e_shoff, "e_shoff");
        if (offset == 0)
        {
            return [];
        }

        ushort entrySize = file.ReadUInt16(ElfNative.e_shentsize, "e_shentsize");
        if (entrySize != ElfNative.sizeof_Elf64_Shdr)
        {
            throw file.Error(ElfNative.e_shentsize, $"section headers of {entrySize} bytes, expected 64");
        }

        if (offset > (ulong)file.Length)
        {
            throw file.Error(ElfNative.e_shoff, $"the section headers (at 0x{offset:x}) lie past the end of the file");
        }

        ByteView first = Header(file, (long)offset, 0);
        long count = Count(file, first);
        StringTable names = Names(file, (long)offset, count, first);
        ElfSection[] sections = new ElfSection[count];
        long left = file.Length;
        for (int index = 0; index < sections.Length; index++)
        {
            ByteView header = Header(file, (long)offset, index);
            uint name = header.ReadUInt32(ElfNative.sh_name, "sh_name");
            sections[index] = ElfSection.Read(file, header, index, names.Text(name, "the name of section", index));
            left -= sections[index].View.Length;
            if (left < 0)
            {
                // Readers copy sections, so a small file must not offer the same bytes many times over.
                throw file.Error(
                    (long)offset + (index * (long)ElfNative.sizeof_Elf64_Shdr),
                    $"sections overlap: those up to {index} ({sections[index].Name}) hold more bytes than the file");
            }
        }

        return sections;
    }

    // gABI: from SHN_LORESERVE sections on, e_shnum is 0 and the number stands in sh_size of section 0.
    private static long Count(ByteView file, ByteView first)
    {
        ulong count = file.ReadUInt16(ElfNative.e_shnum, "e_shnum");
        if (count == 0)
        {
            count = first.ReadUInt64(ElfNative.sh_size, "sh_size of section 0");
        }

        // Checked before anything of this size is allocated.
        if (count > (ulong)(file.Length / ElfNative.sizeof_Elf64_Shdr))
        {
            throw file.Error(ElfNative.e_shnum, $"{count} section headers cannot fit into the file");
        }

        return (long)count;
    }

    private static StringTable Names(ByteView file, long offset, long count, ByteView first)
    {
        uint index = file.ReadUInt16(ElfNative.e_shstrndx, "e_shstrndx");
        if (index == ElfNative.SHN_XINDEX)
        {
            index = first.ReadUInt32(ElfNative.sh_link, "sh_link of section 0");
        }

        if (index >= count)
        {
            throw file.Error(ElfNative.e_shstrndx, $"section {index} with the section names does not exist");
        }

        ElfSection section = ElfSection.Read(file, Header(file, offset, index), (int)index, "(section names)");
        return new StringTable(section.View);
    }

    private static ByteView Header(ByteView file, long offset, long index) =>
        file.Slice(
            offset + (index * ElfNative.sizeof_Elf64_Shdr), ElfNative.sizeof_Elf64_Shdr, "a section header");
}
