namespace TcpConnLat.Attach;

/// <summary>
/// The ways to learn when a connect starts and when its answer arrives, best first. The order is the order in which
/// they are tried.
/// </summary>
internal enum AttachWay
{
    /// <summary>BPF trampolines on the functions, with typed access to their arguments.</summary>
    Fentry,

    /// <summary>Kprobes on the functions, made through the kprobe PMU (<c>perf_event_open</c>).</summary>
    Kprobe,

    /// <summary>Kprobes on the functions, made through the tracefs file <c>kprobe_events</c>.</summary>
    KprobeTracefs,

    /// <summary>The typed tracepoint <c>inet_sock_set_state</c> alone: start and answer are state changes.</summary>
    TpBtf,

    /// <summary>The raw tracepoint <c>inet_sock_set_state</c> alone: start and answer are state changes.</summary>
    RawTp,
}
