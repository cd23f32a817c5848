using BpfCore.Instructions;

namespace BpfCore.Specs;

/// <summary>A program as an object defines it, before relocation. It may be changed until it is loaded.</summary>
public sealed class ProgramSpec
{
    private readonly ReadOnlyMemory<BpfInstruction> _instructions;

    internal ProgramSpec(string name, string sectionName, ReadOnlyMemory<BpfInstruction> instructions)
    {
        Name = name;
        SectionName = sectionName;
        _instructions = instructions;
    }

    /// <summary>Name of its function.</summary>
    public string Name { get; }

    /// <summary>Name of its section without a leading <c>?</c>, for example <c>kprobe/tcp_v4_connect</c>.</summary>
    public string SectionName { get; }

    /// <summary>Type of program; <see cref="ProgramType.Unspecified"/> when the section's name is not known.</summary>
    public ProgramType Type { get; set; }

    /// <summary>The expected attach type, 0 where there is none.</summary>
    public AttachType ExpectedAttachType { get; set; }

    /// <summary>Where it is to be attached, or null when its section does not say.</summary>
    public AttachTarget? Target { get; set; }

    /// <summary>Flags of the program.</summary>
    public ProgramFlags Flags { get; set; }

    /// <summary>
    /// Whether it is loaded together with the object. False by default for sections that begin with <c>?</c>; such a
    /// program can be loaded later.
    /// </summary>
    public bool AutoLoad { get; set; } = true;

    /// <summary>The instructions as they stand in the object: before relocation, without subprograms.</summary>
    public ReadOnlySpan<BpfInstruction> Instructions => _instructions.Span;

    /// <summary>True for a function of <c>.text</c> that programs call.</summary>
    internal bool IsSubprogram { get; set; }

    /// <summary>True for a function that its source file alone sees (<c>static</c>).</summary>
    internal bool IsStatic { get; init; }

    /// <summary>True for a global function that other objects do not see (<c>__hidden</c>).</summary>
    internal bool IsHidden { get; init; }

    /// <summary>Index of its section.</summary>
    internal int SectionIndex { get; init; }

    /// <summary>
    /// The section's name as in the file, a leading <c>?</c> included; <c>.BTF.ext</c> uses this one.
    /// </summary>
    internal string RawSectionName { get; init; } = "";

    /// <summary>Index of its first instruction in its section.</summary>
    internal int SectionInstruction { get; init; }

    /// <summary>Index of the instruction behind its last one in its section.</summary>
    internal int SectionEnd => SectionInstruction + _instructions.Length;

    /// <summary>Its ELF relocations by the index of their instruction.</summary>
    internal Dictionary<int, ProgramRelocation> Relocations { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"program {Name} ({SectionName})";
}
