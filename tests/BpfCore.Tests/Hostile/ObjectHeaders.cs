using System.Buffers.Binary;
using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Tests.Hostile;

/// <summary>Where an object's headers lie: the bytes that say what the others are.</summary>
internal static class ObjectHeaders
{
    /// <summary>ELF header and section headers, symbols, relocations, headers in .BTF and .BTF.ext.</summary>
    public static IEnumerable<ByteRange> Find(byte[] image)
    {
        ElfFile elf = ElfFile.Read(image, "intact");
        yield return new ByteRange(0, ElfNative.sizeof_Elf64_Ehdr);
        yield return SectionHeaders(image, elf);
        foreach (ElfSection section in elf.Sections)
        {
            ByteRange range = new((int)section.Offset, section.Data.Length);
            IEnumerable<ByteRange> inside = section switch
            {
                { Kind: ElfSectionKind.SymbolTable } => [range],
                { Kind: ElfSectionKind.Relocation } when elf.Sections[(int)section.Info].IsExecutable => [range],
                { Name: ".BTF" } => OfTypes(section.Data).Select(part => part.Behind(range.Start)),
                { Name: ".BTF.ext" } => OfExtension(section.Data).Select(part => part.Behind(range.Start)),
                _ => [],
            };
            foreach (ByteRange part in inside)
            {
                yield return part;
            }
        }
    }

    /// <summary>Place of the section headers.</summary>
    public static ByteRange SectionHeaders(byte[] image, ElfFile elf) => new(
        (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(ElfNative.e_shoff)),
        elf.Sections.Count * ElfNative.sizeof_Elf64_Shdr);

    /// <summary>The BTF header, and of every type all that is not a name: record header and elements.</summary>
    public static IEnumerable<ByteRange> OfTypes(ReadOnlyMemory<byte> data)
    {
        BtfFile file = BtfFile.Read(data, "intact");
        return
        [
            new ByteRange(0, BtfNative.sizeof_btf_header),
            new ByteRange(file.TypeSectionOffset, file.TypeSectionLength),
        ];
    }

    /// <summary>The header, the record sizes, the section headers and the CO-RE records.</summary>
    private static List<ByteRange> OfExtension(ReadOnlyMemory<byte> data)
    {
        List<ByteRange> ranges = [new(0, BtfNative.sizeof_btf_ext_header)];
        foreach (int field in new[]
            {
                BtfNative.btf_ext_header_func_info_off, BtfNative.btf_ext_header_line_info_off,
                BtfNative.btf_ext_header_core_relo_off,
            })
        {
            AddTable(data.Span, field, ranges);
        }

        return ranges;
    }

    private static void AddTable(ReadOnlySpan<byte> data, int field, List<ByteRange> ranges)
    {
        int start = BtfNative.sizeof_btf_ext_header + ReadInt32(data, field);
        int end = start + ReadInt32(data, field + sizeof(int));
        if (start == end)
        {
            return;
        }

        if (field == BtfNative.btf_ext_header_core_relo_off)
        {
            ranges.Add(new ByteRange(start, end - start));
            return;
        }

        int recordSize = ReadInt32(data, start);
        ranges.Add(new ByteRange(start, sizeof(int)));
        for (int offset = start + sizeof(int); offset < end;)
        {
            ranges.Add(new ByteRange(offset, BtfNative.sizeof_btf_ext_info_sec));
            offset += BtfNative.sizeof_btf_ext_info_sec + (ReadInt32(data, offset + sizeof(int)) * recordSize);
        }
    }

    private static int ReadInt32(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(data[offset..]);
}
