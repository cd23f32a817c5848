namespace BpfCore.Buffers;

/// <summary>
/// Receives the records of a <see cref="RecordBuffer"/>. Implement it as a struct: the reading loop is compiled for
/// that struct, so that a record costs neither an indirect call nor an allocation.
/// </summary>
/// <remarks>
/// Records of one source arrive in the order they were written (newest first from a buffer that drops the oldest);
/// between sources there is no order. An exception thrown by a handler leaves the poll at once; the record it was
/// thrown for counts as delivered, and the next poll goes on with the record after it.
/// </remarks>
public interface IRecordHandler
{
    /// <summary>A program sent a record.</summary>
    /// <param name="source">
    /// Of a <see cref="PerfBuffer"/>, the id of the CPU that the program ran on; of a <see cref="RingBuffer"/>, the
    /// index of the map among those it was opened on.
    /// </param>
    /// <param name="data">
    /// The bytes the program wrote, valid until the method returns. Those of a <see cref="PerfBuffer"/> are followed by
    /// up to 7 bytes of padding: the kernel makes size field and data together a multiple of 8 and counts the padding
    /// as data, so the end of the event is known from its layout only. The padding's content is undefined.
    /// </param>
    void OnSample(int source, ReadOnlySpan<byte> data);

    /// <summary>
    /// Records found no room in the ring of a CPU (<c>PERF_RECORD_LOST</c>). Never called by a
    /// <see cref="RingBuffer"/>: there only the program learns that its record was refused.
    /// </summary>
    /// <remarks>
    /// The kernel reports a loss together with the next record that fits, so a loss after the last record is never
    /// reported. Count in the program what <c>bpf_perf_event_output</c> refused to know the exact number.
    /// </remarks>
    /// <param name="source">Id of the CPU whose ring was full.</param>
    /// <param name="count">Number of records lost since the previous report of this CPU.</param>
    void OnLost(int source, ulong count);
}
