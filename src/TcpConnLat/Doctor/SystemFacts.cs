using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>What the system tells about itself, gathered once.</summary>
internal sealed record SystemFacts
{
    /// <summary>Version of the kernel.</summary>
    public required KernelVersion Version { get; init; }

    /// <summary>Size of the kernel's BTF in bytes; null when it has none.</summary>
    public required long? BtfBytes { get; init; }

    /// <summary>The capabilities in effect.</summary>
    public required CapabilitySet Capabilities { get; init; }

    /// <summary>How far the kernel is locked down.</summary>
    public required LockdownMode Lockdown { get; init; }

    /// <summary>Where tracefs is mounted; null when it is not, or may not be looked into.</summary>
    public required string? TracefsMount { get; init; }

    /// <summary>Whether kprobes can be made through tracefs.</summary>
    public required bool HasKprobeEvents { get; init; }

    /// <summary>Number of the kprobe PMU, as the kernel writes it; null when there is none.</summary>
    public required string? KprobePmuType { get; init; }

    /// <summary>The setting <c>kernel.perf_event_paranoid</c>; null when it cannot be read.</summary>
    public required string? PerfEventParanoid { get; init; }

    /// <summary>Whether BPF memory counts for memory cgroups instead of the limit of locked memory.</summary>
    public required KernelFeatureState MemoryCgroupAccounting { get; init; }

    /// <summary>The limit of locked memory as the kernel writes it, bytes or <c>unlimited</c>, or null.</summary>
    public required string? LockedMemoryLimit { get; init; }

    /// <summary>Looks at the running system.</summary>
    public static SystemFacts Gather()
    {
        Tracefs? tracefs = Tracefs.Find();
        return new SystemFacts
        {
            Version = KernelVersion.Current,
            BtfBytes = SystemFile.TryGetSize("/sys/kernel/btf/vmlinux"),
            Capabilities = CapabilitySet.Effective(),
            Lockdown = BpfCore.Kernel.Lockdown.Current(),
            TracefsMount = tracefs?.MountPoint,
            HasKprobeEvents = tracefs?.HasKprobeEvents ?? false,
            KprobePmuType = SystemFile.TryRead("/sys/bus/event_source/devices/kprobe/type"),
            PerfEventParanoid = SystemFile.TryRead("/proc/sys/kernel/perf_event_paranoid"),
            MemoryCgroupAccounting = KernelFeatures.Current.Probe(KernelFeature.MemoryCgroupAccounting),
            LockedMemoryLimit = LimitsFile.SoftLimit(SystemFile.TryRead("/proc/self/limits"), "Max locked memory"),
        };
    }
}
