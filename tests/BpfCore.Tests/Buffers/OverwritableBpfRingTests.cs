using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class OverwritableBpfRingTests
{
    private const int Size = 256;
    private const int Whole = 16; // a header and 8 bytes of data

    private RecordCollector _collector = new();

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue - 127)]
    public void Drain_RingThatWentRound_DeliversWhatIsLeftOldestFirst(ulong start)
    {
        FakeBpfRing ring = new(Size, start);
        Write(ring, 0, 40);
        ring.Consumed = start;

        Assert.Equal(16, ring.OverwritableReader.Drain(ref _collector));

        Assert.Equal(Enumerable.Range(24, 16), _collector.Samples.Select(static data => (int)data[0]));
        Assert.Equal(24UL * Whole, ring.OverwritableReader.OverwrittenByteCount);
        Assert.Equal(ring.Produced, ring.Consumed);
    }

    [Fact]
    public void Drain_Twice_DeliversEachRecordOnce()
    {
        FakeBpfRing ring = new(Size);
        Write(ring, 0, 3);
        ring.Consumed = 0;

        Assert.Equal(2, ring.OverwritableReader.Drain(ref _collector, limit: 2));
        Assert.True(ring.OverwritableReader.HasMore);
        Assert.Equal(1, ring.OverwritableReader.Drain(ref _collector));
        Assert.Equal(0, ring.OverwritableReader.Drain(ref _collector));
        Assert.False(ring.OverwritableReader.HasMore);
        Assert.Equal(0UL, ring.OverwritableReader.OverwrittenByteCount);
    }

    [Fact]
    public void Drain_OverwrittenByTheHandlersOwnEvents_GoesOnWithTheOldestLeft()
    {
        FakeBpfRing ring = new(Size);
        Write(ring, 0, 16);
        ring.Consumed = 0;
        OverwritingHandler handler = new(ring);

        ring.OverwritableReader.Drain(ref handler);

        Assert.Equal([0, 4, 5, 6], handler.Seen.Take(4)); // 1 to 3 were overwritten while 0 was delivered
        Assert.Equal(3UL * Whole, ring.OverwritableReader.OverwrittenByteCount);
    }

    [Fact]
    public void Drain_BusyAndDiscardedRecords_AreNotDelivered()
    {
        FakeBpfRing ring = new(Size);
        ulong discarded = ring.Reserve(new byte[8])!.Value;
        ulong busy = ring.Reserve(new byte[8])!.Value;
        ring.Discard(discarded, 8);

        Assert.Equal(0, ring.OverwritableReader.Drain(ref _collector));
        Assert.Equal(busy, ring.Consumed);
        ring.Submit(busy, 8);
        Assert.Equal(1, ring.OverwritableReader.Drain(ref _collector));
    }

    [Fact]
    public void Drain_RecordPastTheEnd_IsAnErrorAndDropped()
    {
        FakeBpfRing ring = new(Size);
        ring.Write(new byte[8]);
        ring.Put(0, 4000);

        BpfFormatException e = Assert.Throws<BpfFormatException>(() => ring.OverwritableReader.Drain(ref _collector));

        Assert.Contains("4000 bytes", e.Message, StringComparison.Ordinal);
        Assert.Equal(ring.Produced, ring.Consumed);
    }

    private static void Write(FakeBpfRing ring, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            ring.Overwrite([(byte)i, 0, 0, 0, 0, 0, 0, 0]);
        }
    }

    private readonly struct OverwritingHandler(FakeBpfRing ring) : IRecordHandler
    {
        public List<int> Seen { get; } = [];

        public void OnSample(int source, ReadOnlySpan<byte> data)
        {
            Seen.Add(data[0]);
            if (Seen.Count == 1)
            {
                ulong consumed = ring.Consumed;
                Write(ring, 100, 4);
                ring.Consumed = consumed;
            }
        }

        public void OnLost(int source, ulong count)
        {
        }
    }
}
