namespace BpfCore.Kernel;

/// <summary>Capabilities that BPF asks for; numbers of <c>include/uapi/linux/capability.h</c>.</summary>
public enum Capability
{
    /// <summary><c>CAP_DAC_READ_SEARCH</c>: tracefs is readable by root alone.</summary>
    DacReadSearch = 2,

    /// <summary><c>CAP_NET_ADMIN</c>: programs of the network.</summary>
    NetAdmin = 12,

    /// <summary><c>CAP_IPC_LOCK</c>: perf rings beyond <c>perf_event_mlock_kb</c>.</summary>
    IpcLock = 14,

    /// <summary><c>CAP_SYS_ADMIN</c>: stands in for <see cref="Bpf"/> and <see cref="PerfMon"/>.</summary>
    SysAdmin = 21,

    /// <summary><c>CAP_SYS_RESOURCE</c>: raising the limit of locked memory.</summary>
    SysResource = 24,

    /// <summary><c>CAP_PERFMON</c> (5.8): tracing programs, perf events of all processes.</summary>
    PerfMon = 38,

    /// <summary><c>CAP_BPF</c> (5.8): maps, programs and BTF.</summary>
    Bpf = 39,
}
