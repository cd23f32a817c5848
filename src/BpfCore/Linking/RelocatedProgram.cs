using System.Diagnostics.CodeAnalysis;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>What relocation made of one program of a <see cref="RelocatedObject"/>.</summary>
public sealed class RelocatedProgram
{
    private readonly LinkedProgram? _linked;

    internal RelocatedProgram(ProgramSpec spec, LinkedProgram linked)
    {
        Spec = spec;
        _linked = linked;
    }

    internal RelocatedProgram(ProgramSpec spec, BpfException refusal)
    {
        Spec = spec;
        Refusal = refusal;
    }

    /// <summary>The program as the object defines it.</summary>
    public ProgramSpec Spec { get; }

    /// <summary>Why it cannot be relocated, or null.</summary>
    public BpfException? Refusal { get; }

    /// <summary>Whether it could be relocated.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRelocated => _linked is not null;

    /// <summary>
    /// Every instruction that <c>BPF_PROG_LOAD</c> would be given, subprograms included, with zeros in the immediates
    /// of <see cref="References"/>; empty for a program that was refused.
    /// </summary>
    public ReadOnlySpan<BpfInstruction> Instructions => _linked is null ? default : _linked.Instructions;

    /// <summary>The instructions that need something of the running kernel, in rising order.</summary>
    public IReadOnlyList<ProgramReference> References => _linked?.References ?? [];

    /// <inheritdoc/>
    public override string ToString() => Spec.ToString();
}
