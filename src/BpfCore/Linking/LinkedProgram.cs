using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// A program ready for <c>BPF_PROG_LOAD</c> but for what only the kernel can tell (descriptors, addresses, ids of
/// types): relocated, its subprograms appended.
/// </summary>
internal sealed class LinkedProgram
{
    public required ProgramSpec Spec { get; init; }

    /// <summary>
    /// All instructions. Those of <see cref="References"/> have their source field set; their immediates are 0.
    /// </summary>
    public required BpfInstruction[] Instructions { get; init; }

    /// <summary>The instructions that need something of the kernel, in rising order.</summary>
    public required IReadOnlyList<ProgramReference> References { get; init; }

    /// <summary>The instructions that were made invalid, for an explanation when the verifier reaches one.</summary>
    public IReadOnlyList<Poison> Poisons { get; init; } = [];

    /// <summary><c>struct bpf_func_info</c> records with offsets in instructions; empty when there are none.</summary>
    public required LinkedRecords FunctionInfo { get; init; }

    /// <summary><c>struct bpf_line_info</c> records with offsets in instructions; empty when there are none.</summary>
    public required LinkedRecords LineInfo { get; init; }

    /// <summary>The kernel's function that a program of type struct_ops implements, or null.</summary>
    public StructOpsBinding? StructOps { get; init; }
}
