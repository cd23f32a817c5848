using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Buffers;

/// <summary>
/// The records of one CPU's ring, wherever in it they start: what both directions of writing have in common.
/// </summary>
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

    /// <summary>The data. Taken once for a walk: memory outside of the heap finds its span by a virtual call.</summary>
    public ReadOnlySpan<byte> Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _mapping.Span[_controlSize..];
    }

    /// <summary>The header of the record that starts at a position.</summary>
    /// <param name="data">The <see cref="Data"/>.</param>
    /// <param name="position">Where it starts.</param>
    public static perf_event_header HeaderAt(ReadOnlySpan<byte> data, ulong position) =>
        MemoryMarshal.Read<perf_event_header>(data[Offset(data, position)..]);

    /// <summary>Whether the record's size leads to the start of another one.</summary>
    /// <param name="header">The record's header.</param>
    /// <param name="written">Number of bytes from its start on that were written.</param>
    public static bool IsPlausible(perf_event_header header, ulong written) =>
        header.size >= HeaderSize && header.size <= written && (header.size & 7) == 0;

    /// <summary>The bytes from a position on that lie in one piece, but no more than a length.</summary>
    /// <param name="data">The <see cref="Data"/>.</param>
    /// <param name="position">Where they start.</param>
    /// <param name="length">How many are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a wake-up finds little code in the caches
    public static ReadOnlySpan<byte> Run(ReadOnlySpan<byte> data, ulong position, ulong length)
    {
        ReadOnlySpan<byte> run = data[Offset(data, position)..];
        return (ulong)run.Length > length ? run[..(int)length] : run;
    }

    /// <summary>
    /// Hands samples to the handler, one after the other, up to the first record that is something else, does not lie
    /// in the run as a whole, or is wrong. This is where a reader under load spends its time: of each record, what
    /// keeps it within the run is tested once, and the position is what the next one waits for.
    /// </summary>
    /// <param name="cpu">Id of the CPU that wrote them.</param>
    /// <param name="run">Records in one piece.</param>
    /// <param name="position">Where the run starts; then, of the first record that was not delivered.</param>
    /// <param name="handler">Receives them.</param>
    /// <param name="limit">Most samples that are delivered.</param>
    /// <returns>Number of samples.</returns>
    public static int DeliverSamples<THandler>(
        int cpu, ReadOnlySpan<byte> run, ref ulong position, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        // SAFETY: start and length of a record are read where what is left has room for both, its data is handed over
        // when it ends within the record, and the record within what is left.
        ref byte record = ref MemoryMarshal.GetReference(run);
        uint left = (uint)run.Length;
        ulong next = position;
        int samples = 0;
        while (left >= PerfRecordNative.RAW_DATA_OFFSET && samples < limit)
        {
            uint size = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref record, PerfRecordNative.SIZE_OFFSET));
            uint length = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref record, PerfRecordNative.RAW_SIZE_OFFSET));
            if (Unsafe.ReadUnaligned<uint>(ref record) != PerfRecordNative.PERF_RECORD_SAMPLE
                || size > left
                || (size & 7) != 0
                || (ulong)length + PerfRecordNative.RAW_DATA_OFFSET > size)
            {
                break;
            }

            next = unchecked(next + size);
            position = next; // Before the delivery: a record whose handler throws is not delivered twice.
            handler.OnSample(cpu, MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.Add(ref record, PerfRecordNative.RAW_DATA_OFFSET), (int)length));
            record = ref Unsafe.Add(ref record, size);
            left -= size;
            samples++;
        }

        return samples;
    }

    /// <summary>Hands a record to the handler.</summary>
    /// <param name="data">The <see cref="Data"/>.</param>
    /// <param name="header">Its header, which is plausible.</param>
    /// <param name="position">Where it starts.</param>
    /// <param name="handler">Receives it.</param>
    /// <returns>1 for a sample, 0 for anything else.</returns>
    /// <exception cref="BpfFormatException">The record contradicts itself.</exception>
    public int Deliver<THandler>(
        ReadOnlySpan<byte> data, perf_event_header header, ulong position, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int offset = Offset(data, position);
        ReadOnlySpan<byte> record = Contiguous(data, offset, header.size);
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

    /// <summary>The exception for a record whose size leads nowhere.</summary>
    public BpfFormatException ImplausibleRecord(perf_event_header header, ulong position, ulong written) => Error(
        Offset(position),
        $"record of type {header.type} states a size of {header.size} bytes, expected a multiple of 8 of at least "
        + $"{HeaderSize} and at most the {written} bytes written; those are dropped");

    /// <summary>The exception for something wrong at a position.</summary>
    public BpfFormatException ErrorAt(ulong position, string problem) => Error(Offset(position), problem);

    private static int Offset(ReadOnlySpan<byte> data, ulong position) => (int)(position & (uint)(data.Length - 1));

    private int Offset(ulong position) => (int)(position & (DataSize - 1));

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

    private BpfFormatException Error(int offset, string problem) =>
        new($"perf ring of CPU {Cpu}", null, offset, problem);
}
