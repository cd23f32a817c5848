namespace BpfCore.Specs;

/// <summary>What a program of type <see cref="ProgramType.Tracing"/> is attached to.</summary>
public enum TracingKind
{
    /// <summary>A tracepoint with typed arguments (<c>tp_btf</c>).</summary>
    RawTracepoint,

    /// <summary>The entry of a kernel function (<c>fentry</c>).</summary>
    FunctionEntry,

    /// <summary>The exit of a kernel function (<c>fexit</c>).</summary>
    FunctionExit,
}
