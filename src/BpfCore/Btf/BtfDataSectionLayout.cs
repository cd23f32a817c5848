namespace BpfCore.Btf;

/// <summary>What clang leaves out of a data section's BTF and only the ELF file knows.</summary>
/// <param name="Size">Size of the section in bytes.</param>
/// <param name="Offsets">Offsets of its global variables in bytes, by name.</param>
/// <param name="Hidden">Names of those that are hidden: the kernel is told that they are static.</param>
internal sealed record BtfDataSectionLayout(
    uint Size, IReadOnlyDictionary<string, uint> Offsets, IReadOnlySet<string> Hidden);
