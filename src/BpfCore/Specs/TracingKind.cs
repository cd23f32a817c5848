namespace BpfCore.Specs;

/// <summary>What a program that is bound to a kernel type when it is loaded is attached to.</summary>
public enum TracingKind
{
    /// <summary>A tracepoint with typed arguments (<c>tp_btf</c>).</summary>
    RawTracepoint,

    /// <summary>The entry of a kernel function (<c>fentry</c>).</summary>
    FunctionEntry,

    /// <summary>The exit of a kernel function (<c>fexit</c>).</summary>
    FunctionExit,

    /// <summary>A kernel function whose return value the program may decide (<c>fmod_ret</c>).</summary>
    ModifyReturn,

    /// <summary>Entry and exit of a kernel function (<c>fsession</c>).</summary>
    FunctionSession,

    /// <summary>A hook of the security modules (<c>lsm</c>).</summary>
    SecurityHook,

    /// <summary>A hook of the security modules, for the processes of one cgroup (<c>lsm_cgroup</c>).</summary>
    CgroupSecurityHook,

    /// <summary>Objects of the kernel that the program is shown one by one (<c>iter</c>).</summary>
    Iterator,

    /// <summary>A global function of another program, which the program replaces (<c>freplace</c>).</summary>
    Replacement,
}
