using System.Buffers.Binary;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class PerfRingBrokenRecordTests
{
    [Theory]
    [InlineData(0)]  // would never end
    [InlineData(4)]  // shorter than its header
    [InlineData(12)] // the next header would not be aligned
    [InlineData(40)] // ends behind data_head
    public void Drain_SizeThatLeadsNowhere_StopsAndNamesOffset(int size)
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteSample([1, 2, 3, 4]);
        ring.WriteRecord(9, size, new byte[24]);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));

        Assert.Equal("perf ring of CPU 5", error.Input);
        Assert.Equal(16, error.Offset);
        Assert.Contains($"size of {size} bytes", error.Problem, StringComparison.Ordinal);
        Assert.Single(collector.Samples);
    }

    [Fact]
    public void Drain_AfterSizeThatLeadsNowhere_GoesOnWithNewRecords()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteRecord(9, 0, new byte[24]);
        ring.WriteSample([1, 2, 3, 4]);
        Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));
        Assert.Equal(ring.Head, ring.Tail);

        ring.WriteSample([5, 6, 7, 8]);

        Assert.Equal(1, ring.Reader.Drain(ref collector));
        Assert.Equal([5, 6, 7, 8], Assert.Single(collector.Samples));
    }

    [Theory]
    [InlineData(0, 4096 + 8)] // more than the ring holds
    [InlineData(0, 12)]       // between two records
    [InlineData(8, 0)]        // behind the reader
    public void Drain_ImplausiblePositions_StopsAndCatchesUp(ulong tail, ulong head)
    {
        var ring = new FakeRing { Tail = tail, Head = head };
        var collector = new RecordCollector();

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));

        Assert.Contains($"data_head {head}", error.Problem, StringComparison.Ordinal);
        Assert.Equal(head, ring.Tail);
    }

    [Fact]
    public void Drain_RawSizeLargerThanRecord_ReportsBoth()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        Span<byte> body = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(body, 5); // 16 bytes hold 4
        ring.WriteRecord(9, 16, body);
        ring.WriteSample([1, 2, 3, 4]);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));

        Assert.Equal("a sample states 5 bytes of data, but its 16 bytes hold 4", error.Problem);
        Assert.Equal(1, ring.Reader.Drain(ref collector)); // the record's own size still leads to the next
    }

    [Fact]
    public void Drain_SampleWithoutRoomForItsSize_Reports()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteRecord(9, 8, []);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));

        Assert.Contains("no room for the size", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Drain_LostRecordWithoutCount_Reports()
    {
        var ring = new FakeRing();
        var collector = new RecordCollector();
        ring.WriteRecord(2, 16, new byte[8]);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => ring.Reader.Drain(ref collector));

        Assert.Equal("a lost record of 16 bytes, expected 24", error.Problem);
        Assert.Equal(0ul, ring.Reader.LostCount);
    }
}
