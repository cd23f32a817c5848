using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>An instruction whose immediates depend on the running kernel; they are zero until it is loaded.</summary>
public sealed record ProgramReference
{
    internal ProgramReference(int instructionIndex, ProgramReferenceKind kind, string name, long offset)
    {
        InstructionIndex = instructionIndex;
        Kind = kind;
        Name = name;
        Offset = offset;
    }

    /// <summary>Index of the instruction in the linked program; of a 64-bit load, that of its first slot.</summary>
    public int InstructionIndex { get; }

    /// <summary>What it refers to.</summary>
    public ProgramReferenceKind Kind { get; }

    /// <summary>Name of the map, the data section, the variable or the function.</summary>
    public string Name { get; }

    /// <summary>
    /// Offset in bytes into the section, of <see cref="ProgramReferenceKind.MapValue"/>; of a
    /// <see cref="ProgramReferenceKind.KernelFunction"/> the instruction's offset field: 0 for the kernel itself, for
    /// a module its index among the object's modules, from 1 on; of a <see cref="ProgramReferenceKind.JumpTable"/> the
    /// offset into the array. 0 for all others.
    /// </summary>
    public long Offset { get; }

    /// <summary>
    /// The entries of a <see cref="ProgramReferenceKind.JumpTable"/>, as indices of instructions of the linked program;
    /// empty for all other kinds. References to one table share one list.
    /// </summary>
    public IReadOnlyList<uint> JumpTable { get; internal init; } = [];

    /// <summary>The map, for <see cref="ProgramReferenceKind.Map"/> and map values.</summary>
    internal MapSpec? Map { get; init; }

    /// <summary>What the kernel has for the name, for the kernel's variables, symbols and functions.</summary>
    internal ResolvedExtern? Extern { get; init; }
}
