using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class BackwardPerfRingTests
{
    private const int DataSize = 256;

    private readonly BackwardRingWriter _kernel = new(DataSize);
    private RecordCollector _collector = new();

    [Fact]
    public void Drain_NothingWritten_DeliversNothing()
    {
        Assert.True(_kernel.Reader.IsEmpty);
        Assert.Equal(0, _kernel.Reader.Drain(ref _collector));
    }

    [Fact]
    public void Drain_Records_DeliversTheNewestFirstAndOnce()
    {
        Write(1, 2, 3);

        Assert.Equal(3, _kernel.Reader.Drain(ref _collector));
        Assert.Equal([3, 2, 1], First);
        Assert.Equal(0, _kernel.Reader.Drain(ref _collector));

        Write(4);

        Assert.Equal(1, _kernel.Reader.Drain(ref _collector));
        Assert.Equal([3, 2, 1, 4], First);
        Assert.Equal(0ul, _kernel.Reader.OverwrittenByteCount);
    }

    // Records of 24 bytes in a ring of 256, which is no multiple: the oldest is cut at every possible place.
    [Fact]
    public void Drain_RingWentRound_DeliversTheWholeRecordsThatAreLeft()
    {
        for (int written = 1; written <= 200; written++)
        {
            BackwardRingWriter kernel = new(DataSize);
            RecordCollector collector = new();
            for (int i = 0; i < written; i++)
            {
                kernel.WriteSample([(byte)i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            }

            int kept = Math.Min(written, DataSize / 24);
            Assert.Equal(kept, kernel.Reader.Drain(ref collector));
            Assert.Equal(
                Enumerable.Range(0, kept).Select(i => (byte)(written - 1 - i)),
                collector.Samples.Select(sample => sample[0]));
            Assert.Equal(24ul * (ulong)(written - kept), kernel.Reader.OverwrittenByteCount);
        }
    }

    [Fact]
    public void Drain_RecordsAtEveryOffset_AreDeliveredWhole()
    {
        byte[] data = [.. Enumerable.Range(1, 100).Select(i => (byte)i)]; // a record of 112 bytes
        for (int skipped = 0; skipped < DataSize; skipped += 8)
        {
            BackwardRingWriter kernel = new(DataSize);
            RecordCollector collector = new();
            for (int i = 0; i < skipped; i += 8)
            {
                kernel.WriteRecord(77, []); // 8 bytes of a kind that nobody knows
            }

            kernel.Reader.Drain(ref collector);
            kernel.WriteSample(data);

            Assert.Equal(1, kernel.Reader.Drain(ref collector));
            Assert.Equal(data, collector.Samples[0]);
        }
    }

    [Fact]
    public void Drain_HandlerThrows_GivesUpWhatIsOlderAndCountsIt()
    {
        Write(1, 2, 3);
        _collector.ThrowAt = 0;

        Assert.Throws<InvalidOperationException>(() => _kernel.Reader.Drain(ref _collector));

        Assert.Equal(32ul, _kernel.Reader.OverwrittenByteCount);
        Assert.Equal(0, _kernel.Reader.Drain(ref _collector));
        Assert.Equal([3], First);
    }

    [Fact]
    public void Drain_RecordThatLeadsNowhere_NamesItAndGoesOnWithNewOnes()
    {
        _kernel.WriteSample([1, 0, 0, 0]);
        _kernel.WriteRecord(9, new byte[8], statedSize: 12);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => _kernel.Reader.Drain(ref _collector));

        Assert.Contains("size of 12 bytes", error.Problem, StringComparison.Ordinal);
        Write(5);
        Assert.Equal(1, _kernel.Reader.Drain(ref _collector));
        Assert.Equal([5], First);
    }

    private IEnumerable<byte> First => _collector.Samples.Select(sample => sample[0]);

    private void Write(params ReadOnlySpan<byte> firstBytes)
    {
        foreach (byte first in firstBytes)
        {
            _kernel.WriteSample([first, 0, 0, 0]); // 16 bytes
        }
    }
}
