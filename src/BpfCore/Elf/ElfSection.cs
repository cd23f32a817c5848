using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>A section (<c>Elf64_Shdr</c>) with its bytes.</summary>
public sealed class ElfSection
{
    private const ulong WritableFlag = 0x1;
    private const ulong ExecutableFlag = 0x4;

    private ElfSection(int index, string name, ByteView header, ByteView data)
    {
        Index = index;
        Name = name;
        Kind = (ElfSectionKind)header.ReadUInt32(ElfNative.sh_type, "sh_type");
        Flags = header.ReadUInt64(ElfNative.sh_flags, "sh_flags");
        Offset = header.ReadUInt64(ElfNative.sh_offset, "sh_offset");
        Size = header.ReadUInt64(ElfNative.sh_size, "sh_size");
        Link = header.ReadUInt32(ElfNative.sh_link, "sh_link");
        Info = header.ReadUInt32(ElfNative.sh_info, "sh_info");
        EntrySize = header.ReadUInt64(ElfNative.sh_entsize, "sh_entsize");
        View = data;
    }

    /// <summary>Position in the section table.</summary>
    public int Index { get; }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Kind.</summary>
    public ElfSectionKind Kind { get; }

    /// <summary>The <c>SHF_*</c> flags.</summary>
    public ulong Flags { get; }

    /// <summary>Offset in the file, in bytes.</summary>
    public ulong Offset { get; }

    /// <summary>
    /// Size in bytes, in memory; a <see cref="ElfSectionKind.NoBits"/> section takes none in the file.
    /// </summary>
    public ulong Size { get; }

    /// <summary>The section that belongs to this one: of a symbol table, its names.</summary>
    public uint Link { get; }

    /// <summary>More information: of a relocation section, the section that it patches.</summary>
    public uint Info { get; }

    /// <summary>Size of an entry in bytes, for tables.</summary>
    public ulong EntrySize { get; }

    /// <summary>True when the section holds instructions (<c>SHF_EXECINSTR</c>).</summary>
    public bool IsExecutable => (Flags & ExecutableFlag) != 0;

    /// <summary>True when the section's data may be written (<c>SHF_WRITE</c>).</summary>
    public bool IsWritable => (Flags & WritableFlag) != 0;

    /// <summary>The bytes; none for a <see cref="ElfSectionKind.NoBits"/> section.</summary>
    public ReadOnlyMemory<byte> Data => View.Memory;

    internal ByteView View { get; }

    internal static ElfSection Read(ByteView file, ByteView header, int index, string name)
    {
        ElfSectionKind kind = (ElfSectionKind)header.ReadUInt32(ElfNative.sh_type, "sh_type");
        if (kind is ElfSectionKind.NoBits or ElfSectionKind.Null)
        {
            return new ElfSection(index, name, header, file.AsSection(0, 0, name));
        }

        ulong offset = header.ReadUInt64(ElfNative.sh_offset, "sh_offset");
        ulong size = header.ReadUInt64(ElfNative.sh_size, "sh_size");
        if (offset > (ulong)file.Length || size > (ulong)file.Length - offset)
        {
            throw header.Error(
                ElfNative.sh_offset,
                $"section {name} (0x{size:x} bytes at 0x{offset:x}) reaches past the end of the file "
                + $"(0x{file.Length:x})");
        }

        return new ElfSection(index, name, header, file.AsSection((long)offset, (long)size, name));
    }

    internal BpfFormatException Error(long offset, string problem) => View.Error(offset, problem);
}
