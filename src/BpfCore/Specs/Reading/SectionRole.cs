using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>What the loader takes a section for, by its name and kind, as libbpf does.</summary>
internal static class SectionRole
{
    public const string StructOpsLink = ".struct_ops.link";
    public const string Arena = ".addr_space.1";

    public static bool IsPrograms(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.IsExecutable && section.Size > 0;

    public static bool IsText(ElfSection section) => IsPrograms(section) && section.Name == ".text";

    public static bool IsConstants(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.Size > 0 && Is(section.Name, ".rodata");

    public static bool IsInitialisedData(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.Size > 0 && Is(section.Name, ".data");

    public static bool IsZeroedData(ElfSection section) =>
        section.Kind == ElfSectionKind.NoBits && section.Size > 0 && Is(section.Name, ".bss");

    public static bool IsData(ElfSection section) =>
        IsConstants(section) || IsInitialisedData(section) || IsZeroedData(section);

    /// <summary>Operations for the kernel; a leading <c>?</c> makes them optional.</summary>
    public static bool IsStructOps(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.Size > 0
        && section.Name is (".struct_ops" or StructOpsLink or "?.struct_ops" or "?" + StructOpsLink);

    /// <summary>Global variables that lie in the object's arena (<c>__arena</c>).</summary>
    public static bool IsArenaData(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.Size > 0 && section.Name == Arena;

    /// <summary>Where indirect jumps may go: 8 bytes for each place, an offset into the jump's section.</summary>
    public static bool IsJumpTables(ElfSection section) =>
        section.Kind == ElfSectionKind.ProgramBits && section.Size > 0
        && section.Name == BpfObjectSpec.JumpTableSection;

    /// <summary>The role in one word, for observers.</summary>
    public static string Describe(ElfSection section) => section.Name switch
    {
        "license" or "version" => "license",
        ".maps" => "maps",
        ".BTF" or ".BTF.ext" => "BTF",
        _ when IsPrograms(section) => section.Name == ".text" ? "subprograms" : "programs",
        _ when IsData(section) || IsArenaData(section) => "data",
        _ when IsStructOps(section) => "struct_ops",
        _ when IsJumpTables(section) => "jump tables",
        _ when section.Kind == ElfSectionKind.Relocation => "relocations",
        _ when section.Kind == ElfSectionKind.SymbolTable => "symbols",
        _ when section.Kind == ElfSectionKind.StringTable => "strings",
        _ => "ignored",
    };

    private static bool Is(string name, string stem) =>
        name.StartsWith(stem, StringComparison.Ordinal) && (name.Length == stem.Length || name[stem.Length] == '.');
}
