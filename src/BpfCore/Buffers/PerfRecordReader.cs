using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Buffers;

/// <summary>The records of one CPU's ring, wherever in it they start: what both directions of writing have in
/// common.</summary>
/// <remarks>
/// Positions count bytes without end (u64, wrapping); the offset in the data is the position modulo its size. Records
/// start at multiples of 8 with a header of 8 bytes, so a header never wraps but the body of a record can.
/// </remarks>
internal sealed class PerfRecordReader
{
    private const int HeaderSize = 8;

    private readonly Memory<byte> _mapping;
    private readonly int _controlSize;
    private readonly byte[] _scratch;

    /// <inheritdoc cref="PerfRing(int, Memory{byte}, int, byte[])"/>
    public PerfRecordReader(int cpu, Memory<byte> mapping, int controlSize, byte[] scratch)
    {
        int dataSize = mapping.Length - controlSize;
        Debug.Assert(dataSize >= HeaderSize && BitOperations.IsPow2(dataSize), "a power of two of data");
        Debug.Assert(scratch.Length >= PerfRing.ScratchSize, "the scratch buffer takes any record");
        Cpu = cpu;
        _mapping = mapping;
        _controlSize = controlSize;
        DataSize = (ulong)dataSize;
        _scratch = scratch;
    }

    /// <summary>Id of the CPU that writes the ring.</summary>
    public int Cpu { get; }

    /// <summary>Number of records that the kernel reported as lost so far.</summary>
    public ulong LostCount { get; private set; }

    /// <summary>Size of the data in bytes, a power of two.</summary>
    public ulong DataSize { get; }

    /// <summary>The control page.</summary>
    public ref perf_event_mmap_page Control => ref MemoryMarshal.AsRef<perf_event_mmap_page>(_mapping.Span);

    /// <summary>The data. To be taken once for a walk: memory outside of the heap finds its span by a virtual call.</summary>
    public ReadOnlySpan<byte> Data => _mapping.Span[_controlSize..];

    /// <summary>The header of the record that starts at a position.</summary>
    /// <param name="data">The <see cref="Data"/>.</param>
    /// <param name="position">Where it starts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once for each record
    public static perf_event_header HeaderAt(ReadOnlySpan<byte> data, ulong position) =>
        MemoryMarshal.Read<perf_event_header>(data[Offset(data, position)..]);

    /// <summary>Whether the record's size leads to the start of another one.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="written">Number of bytes from its start on that were written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once for each record
    public static bool IsPlausible(perf_event_header header, ulong written) =>
        header.size >= HeaderSize && header.size <= written && (header.size & 7) == 0;

    /// <summary>Hands a record to the handler.</summary>
    /// <param name="data">The <see cref="Data"/>.</param>
    /// <param name="header">Its header, which is plausible.</param>
    /// <param name="position">Where it starts.</param>
    /// <param name="handler">Receives it.</param>
    /// <returns>1 for a sample, 0 for anything else.</returns>
    /// <exception cref="BpfFormatException">The record contradicts itself.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once for each record, nearly all of which are such samples
    public int Deliver<THandler>(
        ReadOnlySpan<byte> data, perf_event_header header, ulong position, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int offset = Offset(data, position);
        if (header.type == PerfRecordNative.PERF_RECORD_SAMPLE
            && header.size >= PerfRecordNative.RAW_DATA_OFFSET
            && header.size <= data.Length - offset)
        {
            ReadOnlySpan<byte> record = data.Slice(offset, header.size);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[PerfRecordNative.RAW_SIZE_OFFSET..]);
            if (size <= (uint)(header.size - PerfRecordNative.RAW_DATA_OFFSET))
            {
                handler.OnSample(Cpu, record.Slice(PerfRecordNative.RAW_DATA_OFFSET, (int)size));
                return 1;
            }
        }

        return DeliverOther(header, offset, ref handler);
    }

    /// <summary>The exception for a record whose size leads nowhere.</summary>
    public BpfFormatException ImplausibleRecord(perf_event_header header, ulong position, ulong written) => Error(
        Offset(position),
        $"record of type {header.type} states a size of {header.size} bytes, expected a multiple of 8 of at least "
        + $"{HeaderSize} and at most the {written} bytes written; those are dropped");

    /// <summary>The exception for something wrong at a position.</summary>
    public BpfFormatException ErrorAt(ulong position, string problem) => Error(Offset(position), problem);

    private static int Offset(ReadOnlySpan<byte> data, ulong position) => (int)(position & (uint)(data.Length - 1));

    private int Offset(ulong position) => (int)(position & (DataSize - 1));

    // Samples that wrap, losses, and what is wrong.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int DeliverOther<THandler>(perf_event_header header, int offset, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ReadOnlySpan<byte> record = Contiguous(offset, header.size);
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

    /// <summary>The record at an offset as one span: in place, or copied where it wraps.</summary>
    private ReadOnlySpan<byte> Contiguous(int offset, int size)
    {
        ReadOnlySpan<byte> data = Data;
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

    private BpfFormatException Error(int offset, string problem) =>
        new($"perf ring of CPU {Cpu}", null, offset, problem);
}
