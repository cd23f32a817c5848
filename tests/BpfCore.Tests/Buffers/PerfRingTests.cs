using System.Buffers.Binary;
using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class PerfRingTests
{
    [Fact]
    public void Drain_EmptyRing_DeliversNothing()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();

        Assert.Equal(0, ring.Reader.Drain(ref collector));

        Assert.Empty(collector.Samples);
        Assert.Equal(0ul, ring.Tail);
    }

    [Fact]
    public void Drain_Samples_DeliversThemInOrderWithTheirPadding()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteSample([1, 2, 3, 4]);
        ring.WriteSample([5, 6]);

        Assert.Equal(2, ring.Reader.Drain(ref collector));

        Assert.Equal([1, 2, 3, 4], collector.Samples[0]);
        Assert.Equal([5, 6, 0xee, 0xee], collector.Samples[1]);
        Assert.Equal([FakeRing.Cpu, FakeRing.Cpu], collector.Cpus);
        Assert.Equal(ring.Head, ring.Tail);
    }

    [Fact]
    public void Drain_RecordAtEveryOffset_DeliversItWhole()
    {
        const int DataSize = 256;
        byte[] data = [.. Enumerable.Range(1, 100).Select(i => (byte)i)]; // a record of 112 bytes
        for (ulong start = 0; start < DataSize; start += 8)
        {
            var ring = new FakeRing(DataSize, start);
            var collector = new RecordCollector();
            ring.WriteSample(data);
            ring.WriteLost(start + 1);

            Assert.Equal(1, ring.Reader.Drain(ref collector));

            Assert.Equal(data, collector.Samples[0]);
            Assert.Equal([(FakeRing.Cpu, start + 1)], collector.Lost);
            Assert.Equal(start + 136, ring.Tail);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(248)]
    public void Drain_RecordThatFillsTheRing_DeliversIt(ulong start)
    {
        byte[] data = [.. Enumerable.Range(0, 244).Select(i => (byte)i)]; // 12 + 244 = 256
        var ring = new FakeRing(256, start);
        var collector = new RecordCollector();
        ring.WriteSample(data);

        Assert.Equal(1, ring.Reader.Drain(ref collector));

        Assert.Equal(data, Assert.Single(collector.Samples));
    }

    [Fact]
    public void Drain_FullRing_GivesEachQuarterBackWhileTheRestIsDelivered()
    {
        var ring = new FakeRing(1024);
        for (int i = 0; i < 1024 / 16; i++)
        {
            ring.WriteSample([1, 2, 3, 4]);
        }

        TailWatcher watcher = new(ring);
        ring.Reader.Drain(ref watcher);

        Assert.Equal([0ul, 272ul, 544ul, 816ul], watcher.Tails.Distinct()); // at the record after each quarter
        Assert.All(watcher.Tails.Index(), tail => Assert.InRange(tail.Item, 0ul, (ulong)tail.Index * 16));
        Assert.Equal(1024ul, ring.Tail);
    }

    [Fact]
    public void Drain_LargestRecordThatWraps_DeliversItWhole()
    {
        byte[] data = new byte[65_528 - 12]; // the largest multiple of 8 in the u16 size
        new Random(1).NextBytes(data);
        var ring = new FakeRing(131_072, 131_072 - 40_000);
        var collector = new RecordCollector();
        ring.WriteSample(data);

        Assert.Equal(1, ring.Reader.Drain(ref collector));

        Assert.Equal(data, Assert.Single(collector.Samples));
    }

    [Fact]
    public void Drain_PositionsWrapAroundU64_GoesOn()
    {
        ulong start = unchecked(0ul - 24);
        var ring = new FakeRing(256, start);
        var collector = new RecordCollector();
        ring.WriteSample([1, 2, 3, 4]); // ends at -8
        ring.WriteSample([5, 6, 7, 8]); // ends at +8
        ring.WriteSample([9, 10, 11, 12]);

        Assert.Equal(3, ring.Reader.Drain(ref collector));

        Assert.Equal([9, 10, 11, 12], collector.Samples[2]);
        Assert.Equal(24ul, ring.Tail);
    }

    [Fact]
    public void Drain_ManyBatches_DeliversEveryRecordOnce()
    {
        var ring = new FakeRing(512);
        var collector = new RecordCollector();
        Span<byte> data = stackalloc byte[28];
        for (uint i = 0; i < 1000; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data, i);
            ring.WriteSample(data[..(int)(4 + (i % 25))]);
            if (i % 7 == 0)
            {
                ring.Reader.Drain(ref collector);
                Assert.Equal(ring.Head, ring.Tail);
            }
        }

        ring.Reader.Drain(ref collector);
        Assert.Equal(
            Enumerable.Range(0, 1000),
            collector.Samples.Select(sample => (int)BinaryPrimitives.ReadUInt32LittleEndian(sample)));
    }

    [Fact]
    public void Drain_LostRecords_ReportsAndCountsThem()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteLost(3);
        ring.WriteSample([1, 2, 3, 4]);
        ring.WriteLost(ulong.MaxValue / 2);

        Assert.Equal(1, ring.Reader.Drain(ref collector));

        Assert.Equal([(FakeRing.Cpu, 3ul), (FakeRing.Cpu, ulong.MaxValue / 2)], collector.Lost);
        Assert.Equal((ulong.MaxValue / 2) + 3, ring.Reader.LostCount);
    }

    [Fact]
    public void Drain_UnknownRecordKinds_SkipsThemBySize()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteRecord(5, 32, new byte[24]); // PERF_RECORD_THROTTLE
        ring.WriteSample([1, 2, 3, 4]);
        ring.WriteRecord(0xffff_ffff, 8, []);
        ring.WriteSample([5, 6, 7, 8]);

        Assert.Equal(2, ring.Reader.Drain(ref collector));

        Assert.Equal([5, 6, 7, 8], collector.Samples[1]);
        Assert.Equal(ring.Head, ring.Tail);
    }

    [Fact]
    public void Drain_HandlerThrows_PublishesTailBehindThatRecordAndGoesOn()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector { ThrowAt = 1 };
        ring.WriteSample([1, 0, 0, 0]);
        ring.WriteSample([2, 0, 0, 0]);
        ring.WriteSample([3, 0, 0, 0]);

        Assert.Throws<InvalidOperationException>(() => ring.Reader.Drain(ref collector));

        Assert.Equal(32ul, ring.Tail);
        Assert.Equal(1, ring.Reader.Drain(ref collector));
        Assert.Equal([1, 2, 3], collector.Samples.Select(sample => sample[0]));
        Assert.Equal(ring.Head, ring.Tail);
    }

    [Fact]
    public void Drain_WhileDelivering_KeepsTheRecordsFromBeingOverwritten()
    {
        var ring = new FakeRing();
        var observer = new TailObserver { Ring = ring };
        ring.WriteSample([1, 2, 3, 4]);
        ring.WriteSample([5, 6, 7, 8]);

        Assert.Equal(2, ring.Reader.Drain(ref observer));

        Assert.Equal(0ul, observer.HighestTail);
        Assert.Equal(32ul, ring.Tail);
    }

    private struct TailObserver : IRecordHandler
    {
        public required FakeRing Ring { get; init; }

        public ulong HighestTail { get; private set; }

        public void OnSample(int source, ReadOnlySpan<byte> data) => HighestTail = Math.Max(HighestTail, Ring.Tail);

        public readonly void OnLost(int source, ulong count) => Assert.Fail("nothing was lost");
    }

    /// <summary>Notes how far the kernel may write, at each record.</summary>
    private readonly struct TailWatcher(FakeRing ring) : IRecordHandler
    {
        public List<ulong> Tails { get; } = [];

        public void OnSample(int source, ReadOnlySpan<byte> data) => Tails.Add(ring.Tail);

        public void OnLost(int source, ulong count)
        {
        }
    }
}
