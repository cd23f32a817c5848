using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// A program ready for <c>BPF_PROG_LOAD</c> but for the descriptors of its maps: relocated, its subprograms appended.
/// </summary>
internal sealed class LinkedProgram
{
    public required ProgramSpec Spec { get; init; }

    /// <summary>All instructions. Loads of maps have their source field set and the descriptor's place at 0.</summary>
    public required BpfInstruction[] Instructions { get; init; }

    /// <summary>The loads that need a map's descriptor, in rising order.</summary>
    public required IReadOnlyList<MapReference> MapReferences { get; init; }

    /// <summary><c>struct bpf_func_info</c> records with offsets in instructions; empty when there are none.</summary>
    public required LinkedRecords FunctionInfo { get; init; }

    /// <summary><c>struct bpf_line_info</c> records with offsets in instructions; empty when there are none.</summary>
    public required LinkedRecords LineInfo { get; init; }
}
