namespace BpfCore.Specs;

/// <summary>A tracepoint or kernel function that is found in kernel BTF when the program is loaded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name of the tracepoint (without its group) or of the function.</param>
public sealed record TracingTarget(TracingKind Kind, string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        TracingKind.RawTracepoint => $"tp_btf/{Name}",
        TracingKind.FunctionEntry => $"fentry/{Name}",
        _ => $"fexit/{Name}",
    };
}
