namespace BpfCore.Buffers;

/// <summary>When a <see cref="PerfBuffer"/> that may batch its wake-ups does so.</summary>
public enum WakeupBatching
{
    /// <summary>Always: also a record that comes alone is late, by <see cref="PerfBufferOptions.MaximumDelay"/> at
    /// most.</summary>
    Always,

    /// <summary>
    /// While records come fast, by some thousand a second. As long as they are rare each one wakes the poll at once,
    /// and a poll with nothing to read sleeps. Each ring has a second perf event for that, which writes into the same
    /// ring (<c>PERF_EVENT_IOC_SET_OUTPUT</c>) and wakes at every record; which of the two stands in the map decides.
    /// No record is lost or overtaken by the change.
    /// </summary>
    UnderLoad,
}
