using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BpfCore.Buffers;

/// <summary>
/// Writes a user ring buffer in plain memory: the mappings of a map, or arrays in a test. The layout is that of
/// <see cref="BpfRing"/> with the roles exchanged: this process is the producer, the kernel the consumer.
/// </summary>
/// <remarks>Not thread-safe, but records may be submitted while others are reserved.</remarks>
internal sealed class UserRing
{
    private readonly Memory<byte> _consumer;
    private readonly Memory<byte> _producer;
    private readonly int _pageSize;
    private readonly int _size;

    /// <param name="consumer">The consumer page.</param>
    /// <param name="producer">The producer page and the data, twice.</param>
    /// <param name="pageSize">Size of the producer page.</param>
    public UserRing(Memory<byte> consumer, Memory<byte> producer, int pageSize)
    {
        _size = (producer.Length - pageSize) / 2;
        Debug.Assert(LargestRecord >= 0 && BitOperations.IsPow2(_size), "a power of two of data");
        _consumer = consumer;
        _producer = producer;
        _pageSize = pageSize;
    }

    /// <summary>Largest record that the ring can ever take, in bytes of data.</summary>
    public int LargestRecord => _size - BpfRingNative.BPF_RINGBUF_HDR_SZ;

    /// <summary>Takes room for a record, which stays busy until it is committed.</summary>
    /// <param name="length">Length of its data in bytes.</param>
    /// <param name="record">Offset of its header among the producer's bytes.</param>
    /// <returns>False if there is no room now.</returns>
    public bool TryReserve(int length, out int record)
    {
        // Acquire: the kernel has read what it gives back before this process writes there. Pairs with the
        // smp_store_release(&rb->consumer_pos) in __bpf_user_ringbuf_sample_release,
        // https://github.com/torvalds/linux/blob/v6.12/kernel/bpf/ringbuf.c.
        ulong consumed = Volatile.Read(ref MemoryMarshal.AsRef<ulong>(_consumer.Span));
        Span<byte> producer = _producer.Span;
        ref ulong produced = ref MemoryMarshal.AsRef<ulong>(producer);
        ulong position = produced;
        ulong whole = ((ulong)length + BpfRingNative.BPF_RINGBUF_HDR_SZ + 7) & ~7ul;
        record = _pageSize + (int)(position & ((ulong)_size - 1));
        if (whole > (ulong)_size - unchecked(position - consumed))
        {
            return false;
        }

        Header(producer, record) = (uint)length | BpfRingNative.BPF_RINGBUF_BUSY_BIT;

        // Release: the record is seen to be busy before it is seen. Pairs with the smp_load_acquire(&rb->producer_pos)
        // in __bpf_user_ringbuf_peek.
        Volatile.Write(ref produced, unchecked(position + whole));
        return true;
    }

    /// <summary>The data of a record.</summary>
    public Span<byte> DataOf(int record, int length) =>
        _producer.Span.Slice(record + BpfRingNative.BPF_RINGBUF_HDR_SZ, length);

    /// <summary>Gives a record to the kernel, or has the kernel skip it.</summary>
    public void Commit(int record, int length, bool isDiscarded)
    {
        // Release: the data is complete before the record is no longer busy. Pairs with the smp_load_acquire(hdr) in
        // __bpf_user_ringbuf_peek.
        uint bits = isDiscarded ? BpfRingNative.BPF_RINGBUF_DISCARD_BIT : 0;
        Volatile.Write(ref Header(_producer.Span, record), (uint)length | bits);
    }

    private static ref uint Header(Span<byte> producer, int record) =>
        ref MemoryMarshal.AsRef<uint>(producer[record..]);
}
