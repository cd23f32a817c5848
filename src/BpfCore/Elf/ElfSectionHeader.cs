using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>An <c>Elf64_Shdr</c>, without the bytes of its section.</summary>
internal sealed record ElfSectionHeader(
    string Name, ElfSectionKind Kind, ulong Address, ulong Offset, ulong Size, uint Link, ulong EntrySize)
{
    /// <summary>Whether the section takes room in the file.</summary>
    public bool HasBytes => Kind is not (ElfSectionKind.NoBits or ElfSectionKind.Null);

    /// <summary>Reads an entry; without names, its own is empty.</summary>
    public static ElfSectionHeader Read(ByteView table, int index, StringTable names)
    {
        ByteView entry = table.Slice(
            (long)index * ElfNative.sizeof_Elf64_Shdr, ElfNative.sizeof_Elf64_Shdr, $"section header {index}");
        uint name = entry.ReadUInt32(ElfNative.sh_name, "sh_name");
        return new ElfSectionHeader(
            names.Length == 0 ? "" : names.Text(name, "the name of section", index),
            (ElfSectionKind)entry.ReadUInt32(ElfNative.sh_type, "sh_type"),
            entry.ReadUInt64(ElfNative.sh_addr, "sh_addr"),
            entry.ReadUInt64(ElfNative.sh_offset, "sh_offset"),
            entry.ReadUInt64(ElfNative.sh_size, "sh_size"),
            entry.ReadUInt32(ElfNative.sh_link, "sh_link"),
            entry.ReadUInt64(ElfNative.sh_entsize, "sh_entsize"));
    }
}
