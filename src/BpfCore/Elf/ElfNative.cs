namespace BpfCore.Elf;

/// <summary>Sizes, offsets and constants of elf.h (System V gABI, 64-bit class), in its own names.</summary>
internal static class ElfNative
{
    public const uint ELFMAG = 0x464C457F;
    public const byte ELFCLASS64 = 2;
    public const byte ELFDATA2LSB = 1;
    public const byte ELFDATA2MSB = 2;

    // Elf64_Ehdr
    public const int EI_CLASS = 4;
    public const int EI_DATA = 5;
    public const int e_type = 16;
    public const int e_machine = 18;
    public const int e_shoff = 40;
    public const int e_shentsize = 58;
    public const int e_shnum = 60;
    public const int e_shstrndx = 62;
    public const int sizeof_Elf64_Ehdr = 64;

    // Elf64_Shdr
    public const int sh_name = 0;
    public const int sh_type = 4;
    public const int sh_flags = 8;
    public const int sh_offset = 24;
    public const int sh_size = 32;
    public const int sh_link = 40;
    public const int sh_info = 44;
    public const int sh_entsize = 56;
    public const int sizeof_Elf64_Shdr = 64;

    // Elf64_Sym
    public const int st_name = 0;
    public const int st_info = 4;
    public const int st_other = 5;
    public const int st_shndx = 6;
    public const int st_value = 8;
    public const int st_size = 16;
    public const int sizeof_Elf64_Sym = 24;

    // Elf64_Rel
    public const int r_offset = 0;
    public const int r_info = 8;
    public const int sizeof_Elf64_Rel = 16;

    public const ushort ET_REL = 1;
    public const ushort EM_NONE = 0;
    public const ushort EM_BPF = 247;

    public const ushort SHN_UNDEF = 0;
    public const ushort SHN_LORESERVE = 0xFF00;
    public const ushort SHN_XINDEX = 0xFFFF;
}
