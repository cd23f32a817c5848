using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>A part of a file that is mapped when it runs (<c>Elf64_Phdr</c> of type <c>PT_LOAD</c>).</summary>
/// <param name="Address">Address in the program; of a library, from its start.</param>
/// <param name="Offset">Offset in the file.</param>
/// <param name="Size">Size in the file.</param>
/// <param name="MemorySize">Size in memory; what is beyond the file's is zero.</param>
/// <param name="IsExecutable">Whether it holds code.</param>
internal sealed record ElfSegment(ulong Address, ulong Offset, ulong Size, ulong MemorySize, bool IsExecutable)
{
    public bool Contains(ulong address) => address >= Address && address - Address < MemorySize;

    /// <summary>Where an address of the segment lies in the file.</summary>
    public ulong OffsetOf(ulong address) => unchecked(address - Address + Offset);

    /// <summary>Reads an entry; null for one that is not mapped.</summary>
    public static ElfSegment? Read(ByteView table, int index)
    {
        ByteView entry = table.Slice(
            (long)index * ElfNative.sizeof_Elf64_Phdr, ElfNative.sizeof_Elf64_Phdr, $"program header {index}");
        return entry.ReadUInt32(ElfNative.p_type, "p_type") == ElfNative.PT_LOAD
            ? new ElfSegment(
                entry.ReadUInt64(ElfNative.p_vaddr, "p_vaddr"),
                entry.ReadUInt64(ElfNative.p_offset, "p_offset"),
                entry.ReadUInt64(ElfNative.p_filesz, "p_filesz"),
                entry.ReadUInt64(ElfNative.p_memsz, "p_memsz"),
                (entry.ReadUInt32(ElfNative.p_flags, "p_flags") & ElfNative.PF_X) != 0)
            : null;
    }
}
