using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BpfCore.Buffers;

/// <summary>Reads a BPF ring buffer out of plain memory: the mappings of a map, or arrays in a test.</summary>
/// <remarks>
/// <code>
/// | consumer page        | producer page        | data            | the same data again |
/// |  u64: next to read   |  u64: end of written | [record][record] ...                  |
///
///  record:  | 31   | 30      | 29 .. 0 |          |
///           | busy | discard | length  | u32: own | data, padded to a multiple of 8 |
/// </code>
/// Positions count bytes without end (u64, wrapping); the offset in the data is the position modulo its size. The data
/// is mapped twice in a row, so no record wraps. The kernel moves the end when a program reserves a record, which is
/// busy until it is submitted or discarded. Not thread-safe: a ring has one reader.
/// </remarks>
internal sealed class BpfRing
{
    private readonly string _name;
    private readonly int _source;
    private readonly Memory<byte> _consumer;
    private readonly Memory<byte> _producer;
    private readonly int _pageSize;
    private readonly ulong _size;

    /// <param name="name">Name of the map.</param>
    /// <param name="source">What the handler is told.</param>
    /// <param name="consumer">The consumer page.</param>
    /// <param name="producer">The producer page and the data, twice.</param>
    /// <param name="pageSize">Size of the producer page.</param>
    public BpfRing(string name, int source, Memory<byte> consumer, Memory<byte> producer, int pageSize)
    {
        int size = (producer.Length - pageSize) / 2;
        Debug.Assert(size >= BpfRingNative.BPF_RINGBUF_HDR_SZ && BitOperations.IsPow2(size), "a power of two of data");
        _name = name;
        _source = source;
        _consumer = consumer;
        _producer = producer;
        _pageSize = pageSize;
        _size = (ulong)size;
    }

    /// <summary>
    /// Whether the last drain ended though there may be more: records came as fast as they were read.
    /// </summary>
    public bool HasMore { get; private set; }

    /// <summary>
    /// Delivers the records up to the first one that is busy, but no more samples than a limit, and no more than the
    /// ring holds: <see cref="HasMore"/>.
    /// </summary>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">
    /// A record or the positions contradict themselves. All that is in the ring is dropped, so that a later call goes
    /// on with what the kernel writes next.
    /// </exception>
    public int Drain<THandler>(ref THandler handler, int limit = int.MaxValue)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ref ulong consumed = ref MemoryMarshal.AsRef<ulong>(_consumer.Span);
        ulong start = consumed;
        ulong position = start;
        int samples = 0;
        HasMore = true; // While a handler may throw.
        while (unchecked(position - start) < _size && samples < limit)
        {
            ulong before = position;
            try
            {
                samples += Walk(ref consumed, ref position, ref handler, limit - samples);
            }
            finally
            {
                // Release: every read of the records is done before the kernel may write there. Pairs with the
                // smp_load_acquire(&rb->consumer_pos) in __bpf_ringbuf_reserve,
                // https://github.com/torvalds/linux/blob/v6.12/kernel/bpf/ringbuf.c.
                Volatile.Write(ref consumed, position);
            }

            if (position == before)
            {
                HasMore = false;
                break;
            }

            // A program that submits wakes the reader only if it finds consumer_pos at its own record. It sets the
            // length and then reads consumer_pos; here it is written and then the length read. With a full fence on
            // both sides (there the xchg in bpf_ringbuf_commit) one of the two sees the other: no record is left
            // unannounced.
            Interlocked.MemoryBarrier();
        }

        return samples;
    }

    /// <summary>Delivers what is there; <paramref name="position"/> is the next unread.</summary>
    private int Walk<THandler>(ref ulong consumed, ref ulong position, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        Span<byte> producer = _producer.Span;

        // Acquire: no record may be read before the end that covers it. Pairs with the
        // smp_store_release(&rb->producer_pos) in __bpf_ringbuf_reserve.
        ulong end = Volatile.Read(ref MemoryMarshal.AsRef<ulong>(producer));
        ThrowIfImplausible(ref position, end);
        int samples = 0;
        while (position != end && samples < limit)
        {
            int offset = _pageSize + (int)(position & (_size - 1));

            // Acquire: no byte of the data may be read before its length says that it is complete. Pairs with the
            // xchg in bpf_ringbuf_commit.
            uint header = Volatile.Read(ref MemoryMarshal.AsRef<uint>(producer[offset..]));
            if ((header & BpfRingNative.BPF_RINGBUF_BUSY_BIT) != 0)
            {
                break;
            }

            int length = (int)(header & ~BpfRingNative.BPF_RINGBUF_DISCARD_BIT);
            ulong next = NextAfter(ref position, length, end);
            position = next; // Before the delivery: a record whose handler throws is not delivered twice.
            if ((header & BpfRingNative.BPF_RINGBUF_DISCARD_BIT) == 0)
            {
                handler.OnSample(_source, producer.Slice(offset + BpfRingNative.BPF_RINGBUF_HDR_SZ, length));
                samples++;
            }

            PublishQuarter(ref consumed, position);
        }

        return samples;
    }

    // Room is given back before the end, so that a full ring takes records while a slow handler works through it; but
    // not for each record, since programs wake a reader that has caught up to them, which costs more than the record.
    private void PublishQuarter(ref ulong consumed, ulong position)
    {
        if (unchecked(position - consumed) >= _size / 4)
        {
            Volatile.Write(ref consumed, position); // Release: as in Drain
        }
    }

    private ulong NextAfter(ref ulong position, int length, ulong end)
    {
        ulong whole = ((ulong)length + BpfRingNative.BPF_RINGBUF_HDR_SZ + 7) & ~7ul;
        ulong left = unchecked(end - position);
        if (whole <= left)
        {
            return unchecked(position + whole);
        }

        ulong start = position;
        position = end;
        throw Error(start, $"a record of {length} bytes of data, but {left} bytes were written; those are dropped");
    }

    private void ThrowIfImplausible(ref ulong position, ulong end)
    {
        ulong start = position;
        if (((start | end) & 7) != 0 || unchecked(end - start) > _size)
        {
            position = end;
            throw Error(start, $"positions {start} and {end} do not span records of a ring of {_size} bytes; dropped");
        }
    }

    private BpfFormatException Error(ulong position, string problem) =>
        new($"ring buffer {_name}", null, (int)(position & (_size - 1)), problem);
}
