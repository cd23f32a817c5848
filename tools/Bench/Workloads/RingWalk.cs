using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using BpfCore.Buffers;
using BpfCore.Syscalls.Abi;

namespace Bench.Workloads;

/// <summary>What <c>peer/walk.c</c> does, through the library's reader of perf rings.</summary>
internal sealed class RingWalk : IDisposable
{
    /// <summary>Number of records in the full ring.</summary>
    public const int RecordCount = DataSize / RecordSize;

    private const int ControlSize = 4096;
    private const int DataSize = 64 * 4096;
    private const int RecordSize = 96;
    private const int First = 48;

    private readonly PlainMemory _memory = new(ControlSize + DataSize);
    private readonly PerfRing _ring;

    /// <summary>Makes a full ring.</summary>
    public RingWalk()
    {
        _memory.GetSpan().Clear();
        _ring = new PerfRing(cpu: 0, _memory.Memory, ControlSize, new byte[PerfRing.ScratchSize]);
        Control.data_head = First + (RecordCount * RecordSize);
        for (uint number = 0; number < RecordCount; number++)
        {
            WriteRecord(number);
        }
    }

    private ref perf_event_mmap_page Control => ref MemoryMarshal.AsRef<perf_event_mmap_page>(_memory.GetSpan());

    /// <summary>Drains the ring again and again; prints nanoseconds for a record.</summary>
    /// <param name="rounds">How often.</param>
    public static int Run(int rounds)
    {
        using RingWalk walk = new();
        walk.Drain(rounds / 10);
        long start = Stopwatch.GetTimestamp();
        Total total = walk.Drain(rounds);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"ns {elapsed.TotalNanoseconds / total.Samples:F4} sum {total.LatencyNanoseconds}");
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_memory).Dispose();

    /// <summary>Drains the ring again and again.</summary>
    /// <param name="rounds">How often.</param>
    public Total Drain(int rounds)
    {
        Total total = default;
        for (int round = 0; round < rounds; round++)
        {
            Control.data_tail = First;
            _ring.Drain(ref total);
        }

        return total;
    }

    private void WriteRecord(uint number)
    {
        byte[] record = new byte[RecordSize];
        BinaryPrimitives.WriteUInt32LittleEndian(record, PerfRecordNative.PERF_RECORD_SAMPLE);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(6), RecordSize);
        BinaryPrimitives.WriteInt32LittleEndian(
            record.AsSpan(PerfRecordNative.RAW_SIZE_OFFSET), RecordSize - PerfRecordNative.RAW_DATA_OFFSET);
        NumberedEvents.Bytes(number, ipVersion: 4).CopyTo(record, PerfRecordNative.RAW_DATA_OFFSET);
        Span<byte> data = _memory.GetSpan()[ControlSize..];
        for (int index = 0; index < RecordSize; index++)
        {
            data[(First + ((int)number * RecordSize) + index) % DataSize] = record[index];
        }
    }

    /// <summary>What is added up of the records.</summary>
    internal struct Total : IRecordHandler
    {
        private const int LatencyOffset = 8;

        /// <summary>Number of records.</summary>
        public ulong Samples { get; private set; }

        /// <summary>Sum of <c>latency_ns</c>.</summary>
        public ulong LatencyNanoseconds { get; private set; }

        /// <inheritdoc/>
        public void OnSample(int source, ReadOnlySpan<byte> data)
        {
            Samples++;
            LatencyNanoseconds += BinaryPrimitives.ReadUInt64LittleEndian(data[LatencyOffset..]);
        }

        /// <inheritdoc/>
        public readonly void OnLost(int source, ulong count) =>
            throw new InvalidOperationException("nothing was lost in this ring");
    }
}
