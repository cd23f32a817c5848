namespace BpfCore.Specs;

/// <summary>An ELF relocation of a program, its kind taken from the instruction as libbpf does.</summary>
/// <param name="InstructionIndex">Index of the instruction from the start of its function.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Symbol">Name of the symbol or section referred to, for messages.</param>
/// <param name="SymbolOffset">Offset of the symbol in its section, in bytes.</param>
/// <param name="Map">The map referred to, for <see cref="ProgramRelocationKind.Map"/> and map values.</param>
/// <param name="Extern">The external symbol referred to, for loads and calls of such.</param>
/// <param name="SymbolSize">Size of the symbol in bytes, for <see cref="ProgramRelocationKind.JumpTable"/>.</param>
internal sealed record ProgramRelocation(
    int InstructionIndex, ProgramRelocationKind Kind, string Symbol, ulong SymbolOffset, MapSpec? Map = null,
    ExternSpec? Extern = null, ulong SymbolSize = 0);
