using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
/// Positions count bytes without end (u64, wrapping); the offset in the data is the position modulo its size. Records
/// start at multiples of 8 with a header of 8 bytes, so a header never wraps but the body of a record can.
/// Not thread-safe: a ring has one reader.
/// </remarks>
internal sealed class PerfRing
{
    /// <summary>Size of a scratch buffer that takes any record: their size is a u16.</summary>
    public const int ScratchSize = ushort.MaxValue + 1;

    private static readonly int s_headerSize = Unsafe.SizeOf<perf_event_header>();

    private readonly Memory<byte> _mapping;
    private readonly int _controlSize;
    private readonly ulong _dataSize;
    private readonly byte[] _scratch;

    /// <param name="cpu">Id of the CPU that writes the ring.</param>
    /// <param name="mapping">Control page and data, aligned to 8 bytes.</param>
    /// <param name="controlSize">Size of the control page: the page size.</param>
    /// <param name="scratch">Room for a record that wraps; the rings of one reader may share it.</param>
    public PerfRing(int cpu, Memory<byte> mapping, int controlSize, byte[] scratch)
    {
        int dataSize = mapping.Length - controlSize;
        Debug.Assert(dataSize >= s_headerSize && BitOperations.IsPow2(dataSize), "a power of two of data");
        Debug.Assert(scratch.Length >= ScratchSize, "the scratch buffer takes any record");
        Cpu = cpu;
        _mapping = mapping;
        _controlSize = controlSize;
        _dataSize = (ulong)dataSize;
        _scratch = scratch;
    }

    /// <summary>Id of the CPU that writes this ring.</summary>
    public int Cpu { get; }

    /// <summary>Number of records that the kernel reported as lost so far.</summary>
    public ulong LostCount { get; private set; }

    /// <summary>Delivers the records that are in the ring at the time of the call.</summary>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">
    /// A record contradicts itself or the positions. Where its size cannot be trusted all that is left in the ring is
    /// dropped, so that a later call goes on with what the kernel writes next.
    /// </exception>
    public int Drain<THandler>(ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        Span<byte> mapping = _mapping.Span;
        ref perf_event_mmap_page control = ref MemoryMarshal.AsRef<perf_event_mmap_page>(mapping);

        // Acquire: no byte of a record may be read before the head that covers it. Pairs with the smp_wmb() marked (B)
        // in perf_output_put_handle, https://github.com/torvalds/linux/blob/v6.12/kernel/events/ring_buffer.c, which
        // precedes the store of data_head. libbpf: ring_buffer_read_head, tools/include/linux/ring_buffer.h.
        ulong head = Volatile.Read(ref control.data_head);
        ulong position = control.data_tail;
        try
        {
            return Walk(mapping[_controlSize..], ref position, head, ref handler);
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
    /// Delivers all records up to <paramref name="head"/>; <paramref name="position"/> is the next unread.
    /// </summary>
    private int Walk<THandler>(ReadOnlySpan<byte> data, ref ulong position, ulong head, ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        ulong next = position;
        position = head; // Holds while the ring makes no sense; a sound record sets its own end below.
        if (!ArePlausible(next, head))
        {
            throw ImplausiblePositions(next, head);
        }

        int samples = 0;
        while (next != head)
        {
            int offset = Offset(next);
            ulong unread = unchecked(head - next);
            perf_event_header header = MemoryMarshal.Read<perf_event_header>(data[offset..]);
            if (!IsPlausible(header, unread))
            {
                position = head;
                throw ImplausibleRecord(header, offset, unread);
            }

            next = unchecked(next + header.size);
            position = next; // Before the delivery: a record whose handler throws is not delivered twice.
            samples += Deliver(header, Contiguous(data, offset, header.size), offset, ref handler);
        }

        return samples;
    }

    private int Deliver<THandler>(perf_event_header header, ReadOnlySpan<byte> record, int offset, ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        switch (header.type)
        {
            case PerfRecordNative.PERF_RECORD_SAMPLE:
                handler.OnSample(Cpu, RawData(record, offset));
                return 1;
            case PerfRecordNative.PERF_RECORD_LOST:
                ulong count = LostRecords(record, offset);
                LostCount += count;
                handler.OnLost(Cpu, count);
                return 0;
            default:
                return 0; // A kind this reader has not asked for: its size leads to the next record.
        }
    }

    private int Offset(ulong position) => (int)(position & (_dataSize - 1));

    /// <summary>Whether both positions are starts of records, no further apart than the ring is large.</summary>
    private bool ArePlausible(ulong tail, ulong head) =>
        ((tail | head) & 7) == 0 && unchecked(head - tail) <= _dataSize;

    /// <summary>Whether the record's size leads to the start of another one.</summary>
    private static bool IsPlausible(perf_event_header header, ulong unread) =>
        header.size >= s_headerSize && header.size <= unread && (header.size & 7) == 0;

    /// <summary>The record at an offset as one span: in place, or copied where it wraps.</summary>
    private ReadOnlySpan<byte> Contiguous(ReadOnlySpan<byte> data, int offset, int size)
    {
        ReadOnlySpan<byte> first = data[offset..];
        if (size <= first.Length)
        {
            return first[..size];
        }

        first.CopyTo(_scratch);
        data[..(size - first.Length)].CopyTo(_scratch.AsSpan(first.Length));
        return _scratch.AsSpan(0, size);
    }

    private ReadOnlySpan<byte> RawData(ReadOnlySpan<byte> record, int offset)
    {
        int room = record.Length - PerfRecordNative.RAW_DATA_OFFSET;
        if (room < 0)
        {
            throw Error(offset, $"a sample of {record.Length} bytes has no room for the size of its data");
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[PerfRecordNative.RAW_SIZE_OFFSET..]);
        return size <= (uint)room
            ? record.Slice(PerfRecordNative.RAW_DATA_OFFSET, (int)size)
            : throw Error(offset, $"a sample states {size} bytes of data, but its {record.Length} bytes hold {room}");
    }

    private ulong LostRecords(ReadOnlySpan<byte> record, int offset) =>
        record.Length >= PerfRecordNative.LOST_SIZE
            ? BinaryPrimitives.ReadUInt64LittleEndian(record[PerfRecordNative.LOST_COUNT_OFFSET..])
            : throw Error(offset, $"a lost record of {record.Length} bytes, expected {PerfRecordNative.LOST_SIZE}");

    private BpfFormatException ImplausiblePositions(ulong tail, ulong head) => Error(
        Offset(tail),
        $"data_tail {tail} and data_head {head} do not span records of a ring of {_dataSize} bytes; dropped");

    private BpfFormatException ImplausibleRecord(perf_event_header header, int offset, ulong unread) => Error(
        offset,
        $"record of type {header.type} states a size of {header.size} bytes, expected a multiple of 8 of at least "
        + $"{s_headerSize} and at most the {unread} bytes written; those are dropped");

    private BpfFormatException Error(int offset, string problem) =>
        new($"perf ring of CPU {Cpu}", null, offset, problem);
}
