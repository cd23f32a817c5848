using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A counter of the kernel or the machine that hits now and then (<c>perf_event_open(2)</c>).</summary>
/// <param name="Type"><c>enum perf_type_id</c>: 0 hardware, 1 software, or the number of a PMU.</param>
/// <param name="Config">Which counter of that type, for example 0 of type 1: the clock of the CPU.</param>
/// <param name="SampleInterval">Counts from hit to hit, or hits a second; at least 1.</param>
/// <param name="IsFrequency">Whether the interval means hits a second.</param>
public sealed record PerfEventTarget(uint Type, ulong Config, ulong SampleInterval, bool IsFrequency) : AttachTarget
{
    private const uint Software = 1; // PERF_TYPE_SOFTWARE
    private const ulong CpuClock = 0; // PERF_COUNT_SW_CPU_CLOCK

    /// <summary>The clock of each CPU, which every machine has: for sampling profilers.</summary>
    /// <param name="hitsPerSecond">Hits a second on each CPU.</param>
    public static PerfEventTarget Clock(int hitsPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hitsPerSecond);
        return new PerfEventTarget(Software, CpuClock, (ulong)hitsPerSecond, IsFrequency: true);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"perf_event type {Type} config 0x{Config:x}, {(IsFrequency ? "times a second" : "every")} {SampleInterval}";
}
