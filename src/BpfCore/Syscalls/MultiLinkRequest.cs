namespace BpfCore.Syscalls;

/// <summary>What <c>BPF_LINK_CREATE</c> of many probes has in common for kprobes and uprobes.</summary>
internal readonly ref struct MultiLinkRequest
{
    /// <summary>The program.</summary>
    public required SafeFdHandle Program { get; init; }

    /// <summary><c>enum bpf_attach_type</c>.</summary>
    public required uint AttachType { get; init; }

    /// <summary>1 for the return of the functions.</summary>
    public uint Flags { get; init; }

    /// <summary>What <c>bpf_get_attach_cookie</c> gives, one for each probe; empty for none.</summary>
    public ReadOnlySpan<ulong> Cookies { get; init; }

    /// <summary>Of uprobes: the only process to probe; 0 for all.</summary>
    public uint ProcessId { get; init; }
}
