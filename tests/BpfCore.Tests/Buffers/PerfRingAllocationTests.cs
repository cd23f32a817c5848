using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class PerfRingAllocationTests
{
    [Fact]
    public void Drain_MillionEvents_AllocatesNothing()
    {
        const int EventsPerBatch = 40;
        const int Batches = 25_000;
        var ring = new FakeRing(4096);
        var counter = new RecordCounter();
        RunBatch(ring, ref counter, EventsPerBatch); // compiles what the loop uses
        counter = default;

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = 0; batch < Batches; batch++)
        {
            RunBatch(ring, ref counter, EventsPerBatch);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.Equal(EventsPerBatch * Batches, counter.Samples);
        Assert.Equal((ulong)Batches, counter.Lost);
        Assert.Equal(80L * EventsPerBatch * Batches, counter.Bytes);
    }

    // 40 records of 96 bytes and one of 24 in 4096: the batches wrap at changing offsets.
    private static void RunBatch(FakeRing ring, ref RecordCounter counter, int events)
    {
        Span<byte> data = stackalloc byte[80];
        for (int i = 0; i < events; i++)
        {
            ring.WriteSample(data);
        }

        ring.WriteLost(1);
        ring.Reader.Drain(ref counter);
    }
}
