namespace BpfCore.Syscalls;

/// <summary>A perf event that counts and hits now and then.</summary>
/// <param name="Type"><c>enum perf_type_id</c>.</param>
/// <param name="Config">Which counter of that type.</param>
/// <param name="SampleInterval">Counts from hit to hit, or hits a second.</param>
/// <param name="IsFrequency">Whether the interval means hits a second.</param>
internal readonly record struct CounterEventRequest(uint Type, ulong Config, ulong SampleInterval, bool IsFrequency);
