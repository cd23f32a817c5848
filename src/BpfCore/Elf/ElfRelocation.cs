using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>A relocation without addend (<c>Elf64_Rel</c>).</summary>
/// <param name="Offset">Offset of the patched place in its section, in bytes.</param>
/// <param name="SymbolIndex">Position of the symbol in the symbol table.</param>
/// <param name="Type">Type of relocation (<c>R_BPF_64_64</c> 1, <c>R_BPF_64_32</c> 10, …).</param>
public readonly record struct ElfRelocation(ulong Offset, int SymbolIndex, uint Type)
{
    internal static ElfRelocation Read(ByteView table, int index)
    {
        ByteView record = table.Slice(
            (long)index * ElfNative.sizeof_Elf64_Rel, ElfNative.sizeof_Elf64_Rel, $"relocation {index}");
        ulong info = record.ReadUInt64(ElfNative.r_info, "r_info");
        return new ElfRelocation(
            record.ReadUInt64(ElfNative.r_offset, "r_offset"), (int)(info >> 32 & int.MaxValue), unchecked((uint)info));
    }
}
