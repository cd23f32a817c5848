using BpfCore.Specs;

namespace BpfCore.Programs;

/// <summary>
/// A global function of a loaded program: what a program of type <see cref="ProgramType.Extension"/> replaces, or where
/// one of type <see cref="ProgramType.Tracing"/> (<c>fentry</c>, <c>fexit</c>) looks on. Set it as
/// <see cref="ProgramSpec.Target"/> before the program is loaded.
/// </summary>
/// <param name="Program">The loaded program, which needs BTF. It must not be disposed before the load.</param>
/// <param name="Function">Name of the function.</param>
public sealed record ProgramFunctionTarget(BpfProgram Program, string Function) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{Function} of {Program.Name}";
}
