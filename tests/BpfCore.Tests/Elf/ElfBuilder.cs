using System.Buffers.Binary;
using System.Text;
using BpfCore.Elf;

namespace BpfCore.Tests.Elf;

/// <summary>Writes small ELF64 objects: the sections given, then symbols and the names of both.</summary>
internal sealed class ElfBuilder
{
    private readonly List<Section> _sections = [new("", ElfSectionKind.Null, [], 0, 0, 0, 0, null)];
    private readonly List<byte[]> _symbols = [new byte[ElfNative.sizeof_Elf64_Sym]];
    private readonly List<byte> _names = [0];

    public ushort Type { get; set; } = ElfNative.ET_REL;

    public ushort Machine { get; set; } = ElfNative.EM_BPF;

    /// <summary>Index of the section headers in the image that was built last.</summary>
    public int HeadersOffset { get; private set; }

    /// <summary>Adds a section and returns its index.</summary>
    public int Add(
        string name, ElfSectionKind kind, byte[] data, ulong flags = 0, uint link = 0, uint info = 0,
        ulong entrySize = 0, ulong? size = null)
    {
        _sections.Add(new Section(name, kind, data, flags, link, info, entrySize, size));
        return _sections.Count - 1;
    }

    /// <summary>Adds a section of instructions.</summary>
    public int AddCode(string name, params ulong[] instructions) =>
        Add(name, ElfSectionKind.ProgramBits, Words(instructions), flags: 0x6);

    /// <summary>Adds relocations of a section; the symbol table gets the index behind all sections added.</summary>
    public int AddRelocations(int target, params (ulong Offset, int Symbol, uint Type)[] entries) =>
        Add(
            ".rel" + _sections[target].Name, ElfSectionKind.Relocation,
            Words([.. entries.SelectMany(entry => new[] { entry.Offset, ((ulong)entry.Symbol << 32) | entry.Type })]),
            info: (uint)target, entrySize: ElfNative.sizeof_Elf64_Rel);

    /// <summary>Adds a symbol and returns its index.</summary>
    public int AddSymbol(
        string name, ElfSymbolKind kind, int section, ulong value = 0, ulong size = 0,
        ElfSymbolBinding binding = ElfSymbolBinding.Global,
        ElfSymbolVisibility visibility = ElfSymbolVisibility.Default)
    {
        byte[] symbol = new byte[ElfNative.sizeof_Elf64_Sym];
        BinaryPrimitives.WriteUInt32LittleEndian(symbol, Name(name));
        symbol[ElfNative.st_info] = (byte)(((int)binding << 4) | (int)kind);
        symbol[ElfNative.st_other] = (byte)visibility;
        BinaryPrimitives.WriteUInt16LittleEndian(symbol.AsSpan(ElfNative.st_shndx), (ushort)section);
        BinaryPrimitives.WriteUInt64LittleEndian(symbol.AsSpan(ElfNative.st_value), value);
        BinaryPrimitives.WriteUInt64LittleEndian(symbol.AsSpan(ElfNative.st_size), size);
        _symbols.Add(symbol);
        return _symbols.Count - 1;
    }

    public byte[] Build()
    {
        List<Section> sections = [.. _sections];
        sections.Add(new Section(
            ".symtab", ElfSectionKind.SymbolTable, [.. _symbols.SelectMany(symbol => symbol)], 0,
            (uint)sections.Count + 1, 1, ElfNative.sizeof_Elf64_Sym, null));
        uint[] names = [.. sections.Select(section => Name(section.Name)), Name(".strtab")];
        sections.Add(new Section(".strtab", ElfSectionKind.StringTable, _names.ToArray(), 0, 0, 0, 0, null));

        using MemoryStream image = new();
        image.Write(new byte[ElfNative.sizeof_Elf64_Ehdr]);
        byte[] headers = WriteSections(image, sections, names);
        HeadersOffset = (int)image.Length;
        image.Write(headers);
        byte[] bytes = image.ToArray();
        WriteHeader(bytes, sections.Count);
        return bytes;
    }

    public static byte[] Words(params ulong[] words)
    {
        byte[] bytes = new byte[words.Length * sizeof(ulong)];
        for (int index = 0; index < words.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * sizeof(ulong)), words[index]);
        }

        return bytes;
    }

    private static byte[] WriteSections(MemoryStream image, List<Section> sections, uint[] names)
    {
        byte[] headers = new byte[sections.Count * ElfNative.sizeof_Elf64_Shdr];
        for (int index = 0; index < sections.Count; index++)
        {
            Section section = sections[index];
            image.Write(new byte[-image.Length & 7]);
            Span<byte> header = headers.AsSpan(index * ElfNative.sizeof_Elf64_Shdr);
            BinaryPrimitives.WriteUInt32LittleEndian(header, names[index]);
            BinaryPrimitives.WriteUInt32LittleEndian(header[ElfNative.sh_type..], (uint)section.Kind);
            BinaryPrimitives.WriteUInt64LittleEndian(header[ElfNative.sh_flags..], section.Flags);
            ulong offset = section.Kind == ElfSectionKind.Null ? 0 : (ulong)image.Length;
            BinaryPrimitives.WriteUInt64LittleEndian(header[ElfNative.sh_offset..], offset);
            BinaryPrimitives.WriteUInt64LittleEndian(
                header[ElfNative.sh_size..], section.Size ?? (ulong)section.Data.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[ElfNative.sh_link..], section.Link);
            BinaryPrimitives.WriteUInt32LittleEndian(header[ElfNative.sh_info..], section.Info);
            BinaryPrimitives.WriteUInt64LittleEndian(header[ElfNative.sh_entsize..], section.EntrySize);
            image.Write(section.Data);
        }

        image.Write(new byte[-image.Length & 7]);
        return headers;
    }

    private void WriteHeader(byte[] image, int sectionCount)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(image, ElfNative.ELFMAG);
        image[ElfNative.EI_CLASS] = ElfNative.ELFCLASS64;
        image[ElfNative.EI_DATA] = ElfNative.ELFDATA2LSB;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(ElfNative.e_type), Type);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(ElfNative.e_machine), Machine);
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(ElfNative.e_shoff), (ulong)HeadersOffset);
        BinaryPrimitives.WriteUInt16LittleEndian(
            image.AsSpan(ElfNative.e_shentsize), ElfNative.sizeof_Elf64_Shdr);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(ElfNative.e_shnum), (ushort)sectionCount);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(ElfNative.e_shstrndx), (ushort)(sectionCount - 1));
    }

    private uint Name(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        uint offset = (uint)_names.Count;
        _names.AddRange(Encoding.UTF8.GetBytes(text));
        _names.Add(0);
        return offset;
    }

    private sealed record Section(
        string Name, ElfSectionKind Kind, byte[] Data, ulong Flags, uint Link, uint Info, ulong EntrySize, ulong? Size);
}
