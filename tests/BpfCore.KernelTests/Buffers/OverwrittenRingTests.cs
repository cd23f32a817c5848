using BpfCore.Buffers;
using BpfCore.KernelTests.Links;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

public sealed class OverwrittenRingTests
{
    private const uint Overwrite = 1 << 19; // BPF_F_RB_OVERWRITE
    private const int RecordSize = 16; // a header and 8 bytes of data

    [Fact]
    public void Consume_RingThatOverwrites_DeliversTheNewestAndCountsTheRest()
    {
        if (!LiveFeature.HasMember("bpf_ringbuf", "overwrite_mode"))
        {
            LiveFeature.AssertRefused(static () => new RingObject(Overwrite).Dispose(), "first");
            return;
        }

        using RingObject kernel = new(Overwrite);
        using RingBuffer buffer = RingBuffer.Open(kernel.First);
        SampleCollector collector = new();
        const int Sent = 3000;
        for (ulong value = 0; value < Sent; value++)
        {
            Assert.True(kernel.Send(value)); // never full
        }

        // The kernel keeps the span of the records below the ring's size (rb->mask, kernel/bpf/ringbuf.c).
        int kept = (int)(kernel.First.MaxEntries - 1) / RecordSize;
        Assert.Equal(kept, buffer.Consume(ref collector));
        Assert.Equal((ulong)(Sent - kept) * RecordSize, buffer.OverwrittenByteCount);
        Assert.Equal(Sent - 1ul, collector.Samples[^1].Value);
        Assert.True(kernel.Send(4711));
        Assert.Equal(1, buffer.Poll(TimeSpan.FromSeconds(30), ref collector).SampleCount);
    }
}
