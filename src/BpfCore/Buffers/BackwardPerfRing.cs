using BpfCore.Syscalls.Abi;

namespace BpfCore.Buffers;

/// <summary>
/// Reads one CPU's ring that the kernel fills backward (<c>write_backward</c>) and overwrites without asking.
/// </summary>
/// <remarks>
/// <code>
/// | control page                      | data: a power of two bytes                          |
/// |  data_head: start of the newest   |  .. free .. [newest][..][oldest][ delivered before  |
/// |  data_tail: not used              |             ^ data_head         ^ head of last read |
/// </code>
/// Positions count down from 0 (u64, wrapping). A ring that went round holds the rest of an overwritten record behind
/// the oldest whole one. The caller sees to it that the kernel does not write meanwhile. Not thread-safe.
/// </remarks>
internal sealed class BackwardPerfRing
{
    private readonly PerfRecordReader _records;
    private ulong _lastHead;

    /// <inheritdoc cref="PerfRing(int, Memory{byte}, int, byte[])"/>
    public BackwardPerfRing(int cpu, Memory<byte> mapping, int controlSize, byte[] scratch)
    {
        _records = new PerfRecordReader(cpu, mapping, controlSize, scratch);
    }

    /// <summary>Number of records that the kernel refused and reported.</summary>
    public ulong LostCount => _records.LostCount;

    /// <summary>
    /// Number of bytes of records that were overwritten before they were delivered, or given up because a handler threw
    /// at a newer one.
    /// </summary>
    public ulong OverwrittenByteCount { get; private set; }

    /// <summary>Whether nothing was written since the last read.</summary>
    public bool IsEmpty => Volatile.Read(ref _records.Control.data_head) == _lastHead;

    /// <summary>Delivers what was written since the last call and is still there, newest first.</summary>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">A record contradicts itself; what is older than it is dropped.</exception>
    public int Drain<THandler>(ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        // Acquire: as in PerfRing.Drain. There is nothing to release, the kernel does not ask how far we are.
        ulong head = Volatile.Read(ref _records.Control.data_head);
        ulong written = unchecked(_lastHead - head);
        _lastHead = head; // Whatever happens: what is not delivered now is not there any more by the next time.
        ulong kept = Math.Min(written, _records.DataSize);
        ulong read = 0;
        try
        {
            return Walk(head, kept, isWhole: written == kept, ref read, ref handler);
        }
        finally
        {
            OverwrittenByteCount = unchecked(OverwrittenByteCount + (written - read));
        }
    }

    private int Walk<THandler>(ulong head, ulong kept, bool isWhole, ref ulong read, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int samples = 0;
        ReadOnlySpan<byte> data = _records.Data;
        while (read < kept)
        {
            ulong start = unchecked(head + read);
            perf_event_header header = PerfRecordReader.HeaderAt(data, start);
            if (!isWhole && header.size > kept - read)
            {
                return samples; // The oldest one: the newest was written over its end.
            }

            if (!PerfRecordReader.IsPlausible(header, kept - read))
            {
                throw _records.ImplausibleRecord(header, start, kept - read);
            }

            read += header.size; // Before the delivery: a record whose handler throws is not delivered twice.
            samples += _records.Deliver(data, header, start, ref handler);
        }

        return samples;
    }
}
