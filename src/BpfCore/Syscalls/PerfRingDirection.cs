namespace BpfCore.Syscalls;

/// <summary>Which way the kernel fills a perf ring.</summary>
internal enum PerfRingDirection
{
    /// <summary>Upwards; records that find no room are refused.</summary>
    Forward,

    /// <summary><c>write_backward</c>: downwards, so that the newest record is where the ring begins.</summary>
    Backward,
}
