using System.Runtime.CompilerServices;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Buffers;

/// <summary>
/// Reads one CPU's ring of perf records out of plain memory: the mapping of a perf event, or an array in a test.
/// </summary>
/// <remarks>
/// <code>
/// | control page (perf_event_mmap_page) | data: a power of two bytes                       |
/// |  data_head: the kernel's position   |  .. read .. [record][record][record] .. free ..  |
/// |  data_tail: the reader's position   |             ^ data_tail              ^ data_head |
/// </code>
/// Not thread-safe: a ring has one reader.
/// </remarks>
internal sealed class PerfRing
{
    /// <summary>Size of a scratch buffer that takes any record: their size is a u16.</summary>
    public const int ScratchSize = ushort.MaxValue + 1;

    private readonly PerfRecordReader _records;

    /// <param name="cpu">Id of the CPU that writes the ring.</param>
    /// <param name="mapping">Control page and data, aligned to 8 bytes.</param>
    /// <param name="controlSize">Size of the control page: the page size.</param>
    /// <param name="scratch">Room for a record that wraps; the rings of one reader may share it.</param>
    public PerfRing(int cpu, Memory<byte> mapping, int controlSize, byte[] scratch)
    {
        _records = new PerfRecordReader(cpu, mapping, controlSize, scratch);
    }

    /// <summary>Number of records that the kernel reported as lost so far.</summary>
    public ulong LostCount => _records.LostCount;

    /// <summary>
    /// Delivers the records that are in the ring at the time of the call, but no more samples than a limit.
    /// </summary>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">
    /// A record contradicts itself or the positions. Where its size cannot be trusted all that is left in the ring is
    /// dropped, so that a later call goes on with what the kernel writes next.
    /// </exception>
    public int Drain<THandler>(ref THandler handler, int limit = int.MaxValue)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ref perf_event_mmap_page control = ref _records.Control;

        // Acquire: no byte of a record may be read before the head that covers it. Pairs with the smp_wmb() marked (B)
        // in perf_output_put_handle, https://github.com/torvalds/linux/blob/v6.12/kernel/events/ring_buffer.c, which
        // precedes the store of data_head. libbpf: ring_buffer_read_head, tools/include/linux/ring_buffer.h.
        ulong head = Volatile.Read(ref control.data_head);
        ulong position = control.data_tail;
        try
        {
            return Walk(ref position, head, ref handler, limit);
        }
        finally
        {
            // Release: every read of a record is done before the kernel may overwrite it. Pairs with the control
            // dependency marked (A) there, on the load of data_tail in __perf_output_begin. libbpf:
            // ring_buffer_write_tail.
            Volatile.Write(ref control.data_tail, position);
        }
    }

    /// <summary>
    /// Delivers the records up to <paramref name="head"/>; <paramref name="position"/> is the next unread.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // its only caller; a wake-up finds little code in the caches
    private int Walk<THandler>(ref ulong position, ulong head, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (!ArePlausible(position, head))
        {
            ulong tail = position;
            position = head; // what makes no sense is dropped
            throw ImplausiblePositions(tail, head);
        }

        int samples = 0;
        ReadOnlySpan<byte> data = _records.Data;
        while (position != head && samples < limit)
        {
            ulong unread = unchecked(head - position);
            ReadOnlySpan<byte> run = PerfRecordReader.Run(data, position, Math.Min(unread, (uint)data.Length / 4));
            samples += PerfRecordReader.DeliverSamples(_records.Cpu, run, ref position, ref handler, limit - samples);
            if (position != head && samples < limit)
            {
                samples += DeliverOne(data, ref position, head, ref handler);

                // A full ring takes records again while a slow handler works through the rest of it. Not for each
                // record: the tail lies beside the head, in a cache line that the writing CPU wants.
                Volatile.Write(ref _records.Control.data_tail, position); // Release: as in Drain
            }
        }

        return samples;
    }

    // The record that ended a run: it reaches beyond the run, it is no sample, or it is wrong.
    private int DeliverOne<THandler>(ReadOnlySpan<byte> data, ref ulong position, ulong head, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ulong start = position;
        ulong unread = unchecked(head - start);
        perf_event_header header = PerfRecordReader.HeaderAt(data, start);
        if (!PerfRecordReader.IsPlausible(header, unread))
        {
            position = head;
            throw _records.ImplausibleRecord(header, start, unread);
        }

        position = unchecked(start + header.size); // Before the delivery: as in DeliverSamples
        return _records.Deliver(data, header, start, ref handler);
    }

    /// <summary>Whether both positions are starts of records, no further apart than the ring is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ArePlausible(ulong tail, ulong head) =>
        ((tail | head) & 7) == 0 && unchecked(head - tail) <= _records.DataSize;

    private BpfFormatException ImplausiblePositions(ulong tail, ulong head) => _records.ErrorAt(
        tail,
        $"data_tail {tail} and data_head {head} do not span records of a ring of {_records.DataSize} bytes; dropped");
}
