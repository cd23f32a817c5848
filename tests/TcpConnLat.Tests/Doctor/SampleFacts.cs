using BpfCore.Kernel;
using TcpConnLat.Doctor;

namespace TcpConnLat.Tests.Doctor;

/// <summary>A system on which everything is in order; tests change one fact of it.</summary>
internal static class SampleFacts
{
    public static SystemFacts Good { get; } = new()
    {
        Version = new KernelVersion(6, 18, 44),
        BtfBytes = 5_500_000,
        Capabilities = new CapabilitySet(ulong.MaxValue),
        Lockdown = LockdownMode.None,
        TracefsMount = "/sys/kernel/tracing",
        HasKprobeEvents = true,
        KprobePmuType = "8",
        PerfEventParanoid = "2",
        MemoryCgroupAccounting = KernelFeatureState.Supported,
        LockedMemoryLimit = "8388608",
    };
}
