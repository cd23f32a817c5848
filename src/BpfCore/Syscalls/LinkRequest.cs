namespace BpfCore.Syscalls;

/// <summary>
/// What <c>BPF_LINK_CREATE</c> attaches to what. Members that a kind of link does not use stay unset.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="AttachType"><c>enum bpf_attach_type</c>.</param>
internal readonly record struct LinkRequest(SafeFdHandle Program, uint AttachType)
{
    /// <summary>What to attach to; null for a program whose target was fixed at load, and for an interface.</summary>
    public SafeFdHandle? Target { get; init; }

    /// <summary>Index of a network interface, in place of <see cref="Target"/>.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>Flags of the kind of link.</summary>
    public uint Flags { get; init; }

    /// <summary>Of a perf event: what <c>bpf_get_attach_cookie</c> gives.</summary>
    public ulong PerfEventCookie { get; init; }

    /// <summary>Of a trampoline: what <c>bpf_get_attach_cookie</c> gives.</summary>
    public ulong TracingCookie { get; init; }

    /// <summary>Of an extension: the function, a type id in the BTF of the program <see cref="Target"/>.</summary>
    public uint TargetTypeId { get; init; }

    /// <summary>Of an ordered list: the program or link before or behind which to attach.</summary>
    public SafeFdHandle? Relative { get; init; }

    /// <summary>Of a netfilter hook: the protocol family, else 0.</summary>
    public uint ProtocolFamily { get; init; }

    /// <summary>Of a netfilter hook: its number.</summary>
    public uint Hook { get; init; }

    /// <summary>Of a netfilter hook: the place among its programs.</summary>
    public int Priority { get; init; }

    /// <summary>Of a netfilter hook: its own flags.</summary>
    public uint HookFlags { get; init; }
}
