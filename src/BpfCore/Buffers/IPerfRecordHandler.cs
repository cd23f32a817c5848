namespace BpfCore.Buffers;

/// <summary>
/// Receives the records of a <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>. Implement it as a struct: the reading loop is
/// compiled for that struct, so that a record costs neither an indirect call nor an allocation.
/// </summary>
/// <remarks>
/// Records of one CPU arrive in the order they were written; between CPUs there is no order. An exception thrown by a
/// handler leaves the poll at once; the record it was thrown for counts as delivered, and the next poll goes on with
/// the record after it.
/// </remarks>
public interface IPerfRecordHandler
{
    /// <summary>A program called <c>bpf_perf_event_output</c> (<c>PERF_RECORD_SAMPLE</c>).</summary>
    /// <param name="cpu">Id of the CPU the program ran on.</param>
    /// <param name="data">
    /// The bytes the program wrote, followed by up to 7 bytes of padding: the kernel makes size field and data
    /// together a multiple of 8 and counts the padding as data, so the end of the event is known from its layout
    /// only. The padding's content is undefined. The span is valid until the method returns.
    /// </param>
    void OnSample(int cpu, ReadOnlySpan<byte> data);

    /// <summary>Records found no room in a CPU's ring (<c>PERF_RECORD_LOST</c>).</summary>
    /// <remarks>
    /// The kernel reports a loss together with the next record that fits, so a loss after the last record is never
    /// reported. Count in the program what <c>bpf_perf_event_output</c> refused to know the exact number.
    /// </remarks>
    /// <param name="cpu">Id of the CPU whose ring was full.</param>
    /// <param name="count">Number of records lost since the previous report of this CPU.</param>
    void OnLost(int cpu, ulong count);
}
