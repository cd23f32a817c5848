namespace BpfCore.Kernel;

/// <summary>Names of capabilities.</summary>
public static class CapabilityExtensions
{
    /// <summary>The name in the kernel's words, for example <c>CAP_BPF</c>.</summary>
    /// <param name="capability">The capability.</param>
    public static string KernelName(this Capability capability) => capability switch
    {
        Capability.DacReadSearch => "CAP_DAC_READ_SEARCH",
        Capability.NetAdmin => "CAP_NET_ADMIN",
        Capability.IpcLock => "CAP_IPC_LOCK",
        Capability.SysAdmin => "CAP_SYS_ADMIN",
        Capability.SysResource => "CAP_SYS_RESOURCE",
        Capability.PerfMon => "CAP_PERFMON",
        Capability.Bpf => "CAP_BPF",
        _ => $"capability {(int)capability}",
    };
}
