namespace BpfDump.CommandLine;

/// <summary>The text of <c>--help</c>: 80 columns.</summary>
internal static class HelpText
{
    /// <summary>The whole text, ending in a newline.</summary>
    public const string Text =
        """
        bpfdump - show what is in a BPF object, and what relocation makes of it

        Usage: bpfdump sections|symbols|maps|programs|insns|core OBJ
               bpfdump btf [--format raw|c] [--base BTF] OBJ|BTF
               bpfdump relocate OBJ --btf BTF
               bpfdump relocate --list FILE --btf BTF

        Nothing is loaded, so no privileges are needed.

        Commands:
          sections    sections and relocation entries
          symbols     the symbol table
          maps        maps and global variables
          programs    programs with section, type, attach type and target
          insns       instructions before relocation, with their source lines
          core        CO-RE relocation records
          btf         types; of an object, a vmlinux, or a BTF blob such as
                      /sys/kernel/btf/vmlinux
          relocate    programs as BPF_PROG_LOAD would get them on a kernel with the
                      given types, as one line of JSON for each object

        Options:
              --format raw    one record after the other, as bpftool writes them (default)
              --format c      a header for C programs: vmlinux.h
              --base BTF      the types that split BTF extends: those of vmlinux, for
                              /sys/kernel/btf/MODULE
              --btf BTF       the types of a kernel, a blob or an ELF file with .BTF
              --list FILE     a file with the path of an object on each line
          -h, --help          show this text
              --version       show the version

        Examples:
          bpfdump btf --format c /sys/kernel/btf/vmlinux > vmlinux.h
          bpfdump btf --base /sys/kernel/btf/vmlinux /sys/kernel/btf/tun
          bpfdump relocate prog.bpf.o --btf /sys/kernel/btf/vmlinux

        Exit status: 0 done (also when relocate tells an object's error in its JSON),
        1 an input cannot be read or is damaged, 2 wrong usage.

        """;
}
