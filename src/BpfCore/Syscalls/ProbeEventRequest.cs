namespace BpfCore.Syscalls;

/// <summary>A kprobe or uprobe, as its dynamic PMU takes it.</summary>
/// <param name="PmuType">Number of the PMU, from <c>/sys/bus/event_source/devices/kprobe/type</c>.</param>
/// <param name="Config">Its <c>config</c>: the bit for return probes, and the place of a reference counter.</param>
/// <param name="Symbol">Kernel function of a kprobe, path of the file of a uprobe.</param>
/// <param name="Offset">Offset in bytes from the start of the function or file.</param>
/// <param name="ProcessId">The only process to probe; 0 for all.</param>
internal readonly record struct ProbeEventRequest(
    uint PmuType, ulong Config, string Symbol, ulong Offset, int ProcessId = 0);
