namespace BpfCore.Specs;

/// <summary>
/// A tracepoint, function, hook or iterator of the kernel that is found in kernel BTF when the program is loaded.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">
/// Name of the tracepoint (without its group), of the function, of the hook (<c>file_open</c>) or of what is iterated
/// (<c>task</c>).
/// </param>
public sealed record TracingTarget(TracingKind Kind, string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{Word}/{Name}";

    private string Word => Kind switch
    {
        TracingKind.RawTracepoint => "tp_btf",
        TracingKind.FunctionEntry => "fentry",
        TracingKind.FunctionExit => "fexit",
        TracingKind.ModifyReturn => "fmod_ret",
        TracingKind.FunctionSession => "fsession",
        TracingKind.SecurityHook => "lsm",
        TracingKind.CgroupSecurityHook => "lsm_cgroup",
        TracingKind.Iterator => "iter",
        _ => "freplace",
    };
}
