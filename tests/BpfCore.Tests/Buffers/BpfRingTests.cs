using System.Buffers.Binary;
using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class BpfRingTests
{
    private RecordCollector _collector = new();

    [Fact]
    public void Drain_EmptyRing_DeliversNothing()
    {
        FakeBpfRing ring = new();

        Assert.Equal(0, ring.Reader.Drain(ref _collector));
        Assert.False(ring.Reader.HasMore);
    }

    [Fact]
    public void Drain_Records_DeliversThemInOrderWithTheirExactLengths()
    {
        FakeBpfRing ring = new();
        byte[][] records = [[1], [], [2, 3, 4, 5, 6, 7, 8, 9, 10], [.. new byte[4000]]];
        Assert.All(records, data => Assert.True(ring.Write(data)));

        Assert.Equal(4, ring.Reader.Drain(ref _collector));

        Assert.Equal(records, _collector.Samples);
        Assert.Equal([3, 3, 3, 3], _collector.Cpus);
        Assert.Equal(ring.Produced, ring.Consumed);
        Assert.False(ring.Reader.HasMore);
    }

    [Fact]
    public void Drain_RecordAtEveryOffset_DeliversItWhole()
    {
        byte[] data = [.. Enumerable.Range(1, 100).Select(i => (byte)i)];
        for (ulong start = 0; start < 256; start += 8)
        {
            FakeBpfRing ring = new(256, start);
            RecordCollector collector = new();
            ring.Write(data);

            Assert.Equal(1, ring.Reader.Drain(ref collector));
            Assert.Equal(data, collector.Samples[0]);
            Assert.Equal(start + 112, ring.Consumed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(4088)]
    public void Drain_RecordThatFillsTheRing_DeliversIt(ulong start)
    {
        byte[] data = new byte[4088];
        new Random(1).NextBytes(data);
        FakeBpfRing ring = new(4096, start);
        Assert.True(ring.Write(data));
        Assert.False(ring.Write([])); // full

        Assert.Equal(1, ring.Reader.Drain(ref _collector));

        Assert.Equal(data, Assert.Single(_collector.Samples));
        Assert.True(ring.Write(data));
    }

    [Fact]
    public void Drain_PositionsWrapAroundU64_GoesOn()
    {
        FakeBpfRing ring = new(256, unchecked(0ul - 24));
        ring.Write([1]);
        ring.Write([2]);
        ring.Write([3]);

        Assert.Equal(3, ring.Reader.Drain(ref _collector));

        Assert.Equal([1, 2, 3], _collector.Samples.Select(sample => sample[0]));
        Assert.Equal(24ul, ring.Consumed);
    }

    [Fact]
    public void Drain_BusyRecord_HoldsUpThoseBehindItUntilItIsSubmitted()
    {
        FakeBpfRing ring = new();
        ring.Write([1]);
        ulong busy = ring.Reserve([2])!.Value;
        ring.Write([3]);

        Assert.Equal(1, ring.Reader.Drain(ref _collector));
        Assert.Equal(0, ring.Reader.Drain(ref _collector));
        Assert.False(ring.Reader.HasMore); // the submit wakes the reader
        Assert.Equal(busy, ring.Consumed); // because it finds the reader waiting at that record

        ring.Submit(busy, 1);

        Assert.Equal(2, ring.Reader.Drain(ref _collector));
        Assert.Equal([1, 2, 3], _collector.Samples.Select(sample => sample[0]));
    }

    [Fact]
    public void Drain_DiscardedRecords_AreSkippedAndTheirRoomIsGivenBack()
    {
        FakeBpfRing ring = new();
        ring.Discard(ring.Reserve([1, 2, 3])!.Value, 3);
        ring.Write([4]);
        ring.Discard(ring.Reserve([5])!.Value, 1);

        Assert.Equal(1, ring.Reader.Drain(ref _collector));

        Assert.Equal([4], Assert.Single(_collector.Samples));
        Assert.Equal(ring.Produced, ring.Consumed);
    }

    [Fact]
    public void Drain_Limit_LeavesTheOthersInTheRing()
    {
        FakeBpfRing ring = new();
        ring.Write([1]);
        ring.Discard(ring.Reserve([2])!.Value, 1);
        ring.Write([3]);

        Assert.Equal(1, ring.Reader.Drain(ref _collector, limit: 1));
        Assert.Equal(16ul, ring.Consumed);
        Assert.Equal(1, ring.Reader.Drain(ref _collector, limit: 1));

        Assert.Equal([1, 3], _collector.Samples.Select(sample => sample[0]));
    }

    [Fact]
    public void Drain_HandlerThrows_GoesOnBehindThatRecord()
    {
        FakeBpfRing ring = new();
        ring.Write([1]);
        ring.Write([2]);
        ring.Write([3]);
        _collector.ThrowAt = 1;

        Assert.Throws<InvalidOperationException>(() => ring.Reader.Drain(ref _collector));

        Assert.Equal(32ul, ring.Consumed);
        Assert.True(ring.Reader.HasMore);
        Assert.Equal(1, ring.Reader.Drain(ref _collector));
        Assert.Equal([1, 2, 3], _collector.Samples.Select(sample => sample[0]));
    }

    [Fact]
    public void Drain_WhileDelivering_GivesRoomBackEveryQuarter()
    {
        FakeBpfRing ring = new(4096);
        while (ring.Write(new byte[56]))
        {
            // 64 records of 64 bytes
        }

        RoomObserver observer = new(ring);

        Assert.Equal(64, ring.Reader.Drain(ref observer));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (ulong)(i / 16 * 1024)), observer.Consumed);
    }

    [Fact]
    public void Drain_ProgramsKeepWriting_EndsAfterOneRingAndSaysSo()
    {
        FakeBpfRing ring = new(4096);
        ring.Write([1]);
        RefillingHandler handler = new(ring);

        Assert.Equal(4096 / 16, ring.Reader.Drain(ref handler));
        Assert.True(ring.Reader.HasMore);
    }

    [Theory]
    [InlineData(0, 4096 + 8)] // more than the ring holds
    [InlineData(0, 12)]       // between two records
    [InlineData(8, 0)]        // behind the reader
    public void Drain_ImplausiblePositions_StopsAndCatchesUp(ulong consumed, ulong produced)
    {
        FakeBpfRing ring = new() { Consumed = consumed, Produced = produced };

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref _collector));

        Assert.Contains($"positions {consumed} and {produced}", error.Problem, StringComparison.Ordinal);
        Assert.Equal("ring buffer events", error.Input);
        Assert.Equal(produced, ring.Consumed);
    }

    [Fact]
    public void Drain_LengthPastTheEnd_NamesItAndGoesOnWithNewRecords()
    {
        FakeBpfRing ring = new();
        ring.Write([1]);
        ulong broken = ring.Reserve([2])!.Value;
        ring.Submit(broken, 9);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref _collector));

        Assert.Equal(16, error.Offset);
        Assert.StartsWith("a record of 9 bytes of data, but 16 bytes were", error.Problem, StringComparison.Ordinal);
        ring.Write([3]);
        Assert.Equal(1, ring.Reader.Drain(ref _collector));
        Assert.Equal([1, 3], _collector.Samples.Select(sample => sample[0]));
    }

    [Fact]
    public void Drain_MillionEvents_AllocatesNothing()
    {
        const int EventsPerBatch = 40;
        const int Batches = 25_000;
        FakeBpfRing ring = new(4096);
        RecordCounter counter = default;
        RunBatch(ring, ref counter, EventsPerBatch); // compiles what the loop uses
        counter = default;

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = 0; batch < Batches; batch++)
        {
            RunBatch(ring, ref counter, EventsPerBatch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(EventsPerBatch * Batches, counter.Samples);
        Assert.Equal(80L * EventsPerBatch * Batches, counter.Bytes);
    }

    private static void RunBatch(FakeBpfRing ring, ref RecordCounter counter, int events)
    {
        Span<byte> data = stackalloc byte[80];
        for (int i = 0; i < events; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data, i);
            ring.Write(data);
        }

        ring.Reader.Drain(ref counter);
    }

    private readonly struct RoomObserver(FakeBpfRing ring) : IRecordHandler
    {
        public List<ulong> Consumed { get; } = [];

        public void OnSample(int source, ReadOnlySpan<byte> data) => Consumed.Add(ring.Consumed);

        public void OnLost(int source, ulong count) => Assert.Fail("ring buffers report no losses");
    }

    private readonly struct RefillingHandler(FakeBpfRing ring) : IRecordHandler
    {
        public void OnSample(int source, ReadOnlySpan<byte> data) => ring.Write([1]);

        public void OnLost(int source, ulong count) => Assert.Fail("ring buffers report no losses");
    }
}
