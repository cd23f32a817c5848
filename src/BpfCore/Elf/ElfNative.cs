namespace BpfCore.Elf;

/// <summary>Sizes, offsets and constants of elf.h (System V gABI, 64-bit class), in its own names.</summary>
internal static class ElfNative
{
    public const uint ELFMAG = 0x464C457F;

    // What LLVM writes instead of ELF when it leaves the work to the linker (llvm/BinaryFormat/Magic.h).
    public const uint BitcodeMagic = 0xDEC0_4342;
    public const uint BitcodeWrapperMagic = 0x0B17_C0DE;

    public const byte ELFCLASS32 = 1;
    public const byte ELFCLASS64 = 2;
    public const byte ELFDATA2LSB = 1;
    public const byte ELFDATA2MSB = 2;

    // Elf64_Ehdr
    public const int EI_CLASS = 4;
    public const int EI_DATA = 5;
    public const int e_type = 16;
    public const int e_machine = 18;
    public const int e_phoff = 32;
    public const int e_shoff = 40;
    public const int e_phnum = 56;
    public const int e_shentsize = 58;
    public const int e_shnum = 60;
    public const int e_shstrndx = 62;
    public const int sizeof_Elf64_Ehdr = 64;

    // Elf64_Shdr
    public const int sh_name = 0;
    public const int sh_type = 4;
    public const int sh_flags = 8;
    public const int sh_addr = 16;
    public const int sh_offset = 24;
    public const int sh_size = 32;
    public const int sh_link = 40;
    public const int sh_info = 44;
    public const int sh_entsize = 56;
    public const int sizeof_Elf64_Shdr = 64;

    // Elf64_Phdr
    public const int p_type = 0;
    public const int p_flags = 4;
    public const int p_offset = 8;
    public const int p_vaddr = 16;
    public const int p_filesz = 32;
    public const int p_memsz = 40;
    public const int sizeof_Elf64_Phdr = 56;
    public const uint PT_LOAD = 1;
    public const uint PF_X = 1;

    // Elf64_Verdef, Elf64_Verdaux
    public const uint SHT_GNU_verdef = 0x6FFFFFFD;
    public const uint SHT_GNU_versym = 0x6FFFFFFF;
    public const int VERSYM_VERSION = 0x7FFF;
    public const int vd_ndx = 4;
    public const int vd_aux = 12;
    public const int vd_next = 16;
    public const int vda_name = 0;

    // Elf64_Nhdr
    public const int n_namesz = 0;
    public const int n_descsz = 4;
    public const int n_type = 8;
    public const int sizeof_Elf64_Nhdr = 12;

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
    public const ushort ET_EXEC = 2;
    public const ushort EM_NONE = 0;
    public const ushort EM_BPF = 247;

    public const byte STT_GNU_IFUNC = 10;
    public const ushort EM_X86_64 = 62;
    public const ushort EM_AARCH64 = 183;

    public const ushort SHN_UNDEF = 0;
    public const ushort SHN_LORESERVE = 0xFF00;
    public const ushort SHN_XINDEX = 0xFFFF;
}
