namespace BpfCore.Kernel;

/// <summary>Features of kernels that this library can do without, or has to say that they are missing.</summary>
public enum KernelFeature
{
    /// <summary>BPF memory counts for memory cgroups and no longer for <c>RLIMIT_MEMLOCK</c> (5.11).</summary>
    MemoryCgroupAccounting,

    /// <summary>The helper <c>bpf_probe_read_kernel</c> (5.5).</summary>
    ProbeReadKernel,

    /// <summary>Arrays that can be mapped into memory, as global variables are (<c>BPF_F_MMAPABLE</c>, 5.5).</summary>
    MappableArrays,

    /// <summary>Attachments that are objects of their own (<c>BPF_LINK_CREATE</c>, 5.7).</summary>
    Links,

    /// <summary>Such links for kprobes, uprobes, tracepoints and perf events (5.15).</summary>
    PerfEventLinks,

    /// <summary>Functions and their prototypes in BTF (5.0).</summary>
    BtfFunctions,

    /// <summary>Variables and data sections in BTF (5.2).</summary>
    BtfDataSections,

    /// <summary>Functions marked global in BTF (5.6).</summary>
    BtfGlobalFunctions,

    /// <summary>Floating-point types in BTF (5.13).</summary>
    BtfFloat,

    /// <summary>Declaration tags in BTF (5.16).</summary>
    BtfDeclarationTags,

    /// <summary>Type tags in BTF (5.17).</summary>
    BtfTypeTags,

    /// <summary>64-bit enumerations in BTF (6.0).</summary>
    BtfEnum64,

    /// <summary>Names of data sections that begin with <c>?</c> in BTF (6.9).</summary>
    BtfOptionalSections,

    /// <summary>Links that carry a cookie for the helper <c>bpf_get_attach_cookie</c> (5.15).</summary>
    AttachCookies,

    /// <summary>
    /// Offsets of 512 MiB and more into the value of a map in 64-bit loads, which large arenas need (7.0).
    /// </summary>
    UnboundedValueOffset,

    /// <summary>
    /// The declaration tag <c>arg:ctx</c>, by which an argument of a global function is known for the program's context
    /// whatever its type (6.8).
    /// </summary>
    ContextArgumentTags,

    /// <summary>Names of programs and maps (4.15).</summary>
    ObjectNames,

    /// <summary>Programs that say where they are to be attached when they are loaded (4.17).</summary>
    ExpectedAttachTypes,
}
