using System.Runtime.InteropServices;

namespace BpfCore.Buffers;

/// <summary>
/// Reads a BPF ring buffer whose programs overwrite the oldest records without asking (<c>BPF_F_RB_OVERWRITE</c>,
/// 6.19).
/// </summary>
/// <remarks>
/// <code>
/// | producer page                                                           | data | the same data again |
/// |  u64: end of written | u64: oldest busy | u64: end of what was overwritten |
/// </code>
/// The rest is as in <see cref="BpfRing"/>. A record may be overwritten while it is read, so it is copied first, and
/// delivered if it was still there after that. Not thread-safe: a ring has one reader.
/// </remarks>
internal sealed class OverwritableBpfRing
{
    private readonly string _name;
    private readonly int _source;
    private readonly Memory<byte> _consumer;
    private readonly Memory<byte> _producer;
    private readonly int _pageSize;
    private readonly ulong _size;
    private byte[] _copy = new byte[256];

    /// <inheritdoc cref="BpfRing(string, int, Memory{byte}, Memory{byte}, int)"/>
    public OverwritableBpfRing(string name, int source, Memory<byte> consumer, Memory<byte> producer, int pageSize)
    {
        _name = name;
        _source = source;
        _consumer = consumer;
        _producer = producer;
        _pageSize = pageSize;
        _size = (ulong)((producer.Length - pageSize) / 2);
    }

    /// <inheritdoc cref="BpfRing.HasMore"/>
    public bool HasMore { get; private set; }

    /// <summary>Number of bytes of records that were overwritten before they were delivered.</summary>
    public ulong OverwrittenByteCount { get; private set; }

    private ref ulong Consumed => ref MemoryMarshal.AsRef<ulong>(_consumer.Span);

    /// <summary>Delivers what is there, the oldest first, up to the first record that is busy.</summary>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">
    /// A record contradicts itself. All that is in the ring is dropped, so that a later call goes on with what the
    /// kernel writes next.
    /// </exception>
    public int Drain<THandler>(ref THandler handler, int limit = int.MaxValue)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ulong position = Consumed;
        ulong taken = 0;
        int samples = 0;
        HasMore = true; // While a handler may throw.
        while (taken < _size && samples < limit)
        {
            bool isTaken = TryTake(ref position, out uint header);
            taken += isTaken ? SizeOf(header) : 0;

            // The full fence lets a program that submits see that the reader waits for it: as in BpfRing.Drain.
            Volatile.Write(ref Consumed, position);
            Interlocked.MemoryBarrier();
            if (!isTaken && !IsWritten(position))
            {
                HasMore = false;
                break;
            }

            if (isTaken && (header & BpfRingNative.BPF_RINGBUF_DISCARD_BIT) == 0)
            {
                samples++;
                handler.OnSample(_source, _copy.AsSpan(0, (int)header));
            }
        }

        return samples;
    }

    // Acquire: no record may be read before the end that covers it (smp_store_release of producer_pos).
    private ulong ReadPosition(int offset) =>
        Volatile.Read(ref MemoryMarshal.AsRef<ulong>(_producer.Span[offset..]));

    // Whether a record that is not busy is at a position.
    private bool IsWritten(ulong position) =>
        position != ReadPosition(BpfRingNative.ProducerPosition)
        && (ReadHeader(position) & BpfRingNative.BPF_RINGBUF_BUSY_BIT) == 0;

    private uint ReadHeader(ulong position) =>
        Volatile.Read(ref MemoryMarshal.AsRef<uint>(_producer.Span[OffsetOf(position)..]));

    private int OffsetOf(ulong position) => _pageSize + (int)(position & (_size - 1));

    private static int LengthOf(uint header) => (int)(header & ~BpfRingNative.BPF_RINGBUF_DISCARD_BIT);

    private static ulong SizeOf(uint header) =>
        ((ulong)LengthOf(header) + BpfRingNative.BPF_RINGBUF_HDR_SZ + 7) & ~7ul;

    /// <summary>Copies the record at a position, or the oldest one that is left, and goes behind it.</summary>
    private bool TryTake(ref ulong position, out uint header)
    {
        while (true)
        {
            SkipOverwritten(ref position);
            ulong left = unchecked(ReadPosition(BpfRingNative.ProducerPosition) - position);
            header = left == 0 ? BpfRingNative.BPF_RINGBUF_BUSY_BIT : ReadHeader(position);
            if ((header & BpfRingNative.BPF_RINGBUF_BUSY_BIT) != 0)
            {
                return false;
            }

            ulong whole = SizeOf(header);
            bool isPlausible = whole <= left && left <= _size;
            if (isPlausible)
            {
                Copy(position, LengthOf(header));
            }

            // The reads of the copy stay before the one that tells whether it is whole.
            Interlocked.MemoryBarrier();
            if (SkipOverwritten(ref position))
            {
                continue;
            }

            ThrowUnless(isPlausible, ref position, LengthOf(header), left);
            position = unchecked(position + whole);
            return true;
        }
    }

    private bool SkipOverwritten(ref ulong position)
    {
        ulong overwritten = ReadPosition(BpfRingNative.OverwritePosition);
        ulong lost = unchecked(overwritten - position);
        if (unchecked((long)lost) <= 0)
        {
            return false;
        }

        OverwrittenByteCount = unchecked(OverwrittenByteCount + lost);
        position = overwritten;
        return true;
    }

    private void Copy(ulong position, int length)
    {
        if (_copy.Length < length)
        {
            _copy = new byte[Math.Max(length, _copy.Length * 2)];
        }

        _producer.Span.Slice(OffsetOf(position) + BpfRingNative.BPF_RINGBUF_HDR_SZ, length).CopyTo(_copy);
    }

    private void ThrowUnless(bool isPlausible, ref ulong position, int length, ulong left)
    {
        if (isPlausible)
        {
            return;
        }

        ulong start = position;
        position = unchecked(position + left);
        Volatile.Write(ref Consumed, position);
        throw new BpfFormatException(
            $"ring buffer {_name}",
            null,
            (int)(start & (_size - 1)),
            $"a record of {length} bytes of data, but {left} bytes were written to a ring of {_size}; dropped");
    }
}
