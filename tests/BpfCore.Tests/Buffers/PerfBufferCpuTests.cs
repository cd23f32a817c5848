using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

/// <summary>CPUs that come and go while a buffer is open.</summary>
public sealed class PerfBufferCpuTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly FallbackCollector _observer = new();
    private readonly PerfBufferBench _bench;
    private RecordCollector _collector = new();

    public PerfBufferCpuTests()
    {
        _bench = new PerfBufferBench(_observer);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Poll_CpuCameOnline_OpensARingWithinASecond()
    {
        using PerfBuffer buffer = _bench.Open(cpus: "0,2");
        _bench.SetOnline("0,2,5");

        buffer.Poll(s_second, ref _collector);

        Assert.Equal([0, 2, 5], buffer.Cpus);
        Assert.Equal([0, 2, 5], _bench.MapContents.Keys.Order());
        _bench.Kernel.Rings[5].WriteSample([1, 2, 3, 4]);
        _bench.Kernel.Wake(5);
        Assert.Equal(1, buffer.Poll(s_second, ref _collector).SampleCount);
        Assert.Equal([5], _collector.Cpus);
    }

    [Fact]
    public void Poll_EventsAllTheTime_StillLooksOnceASecond()
    {
        using PerfBuffer buffer = _bench.Open(cpus: "0,2");
        _bench.SetOnline("0,2,5");
        for (int i = 0; i < 11; i++)
        {
            Assert.Equal([0, 2], buffer.Cpus);
            _bench.Kernel.Clock.Advance(99);
            _bench.Kernel.Rings[0].WriteSample([1, 2, 3, 4]);
            _bench.Kernel.Wake(0);
            buffer.Poll(s_second, ref _collector);
        }

        Assert.Equal([0, 2, 5], buffer.Cpus);
    }

    [Fact]
    public void Poll_BatchesMayBeLongLate_StillLooksOnceASecond()
    {
        using PerfBuffer buffer = _bench.Open(
            new PerfBufferOptions { PagesPerCpu = 1, WakeupEvents = 64, MaximumDelay = TimeSpan.FromHours(1) }, "0,2");
        _bench.SetOnline("0,2,5");
        for (int i = 0; i < 11; i++)
        {
            _bench.Kernel.Clock.Advance(99);
            _bench.Kernel.Rings[0].WriteSample([1, 2, 3, 4]);
            _bench.Kernel.Wake(0);
            buffer.Poll(TimeSpan.FromHours(2), ref _collector);
        }

        Assert.Equal([0, 2, 5], buffer.Cpus);
    }

    [Fact]
    public void Poll_CpuWentOffline_DeliversTheRestAndClosesItsRing()
    {
        using PerfBuffer buffer = _bench.Open();
        int descriptors = _bench.Kernel.OpenDescriptors.Count;
        _bench.Kernel.Rings[3].WriteLost(7);
        _bench.Kernel.Rings[3].WriteSample([9, 0, 0, 0]);
        _bench.SetOnline("0,2,8");

        Assert.Equal(1, buffer.Poll(s_second, ref _collector).SampleCount);

        Assert.Equal([3], _collector.Cpus);
        Assert.Equal([0, 2, 8], buffer.Cpus);
        Assert.Equal([0, 2, 8], _bench.MapContents.Keys.Order());
        Assert.Equal(descriptors - 1, _bench.Kernel.OpenDescriptors.Count);
        Assert.Equal(3, _bench.Kernel.LiveMappings);
        Assert.Equal((7ul, 7ul), (buffer.GetLostCount(3), buffer.LostCount)); // counted for good
    }

    [Fact]
    public void Poll_CpuCameBack_HasANewRingAndKeepsItsCount()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.Rings[3].WriteLost(7);
        int first = _bench.Kernel.EventOf(3);
        _bench.SetOnline("0,2,8");
        buffer.Poll(s_second, ref _collector);
        _bench.SetOnline("0,2-3,8");
        buffer.Poll(s_second, ref _collector);

        _bench.Kernel.Rings[3].WriteLost(2);
        _bench.Kernel.Rings[3].WriteSample([9, 0, 0, 0]);

        Assert.Equal(1, buffer.Consume(ref _collector));
        Assert.NotEqual(first, _bench.Kernel.EventOf(3));
        Assert.Equal(9ul, buffer.GetLostCount(3));
    }

    [Fact]
    public void CheckCpus_RingDiedUnseen_IsRenewedByTheNextPoll()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.Rings[2].WriteSample([9, 0, 0, 0]);
        int dead = _bench.Kernel.EventOf(2);
        int healthy = _bench.Kernel.EventOf(3);
        _bench.Kernel.Flip(2);
        buffer.Poll(s_second, ref _collector);
        Assert.Equal(dead, _bench.Kernel.EventOf(2)); // the list of CPUs did not change

        buffer.CheckCpus();
        buffer.Poll(TimeSpan.Zero, ref _collector);

        Assert.NotEqual(dead, _bench.Kernel.EventOf(2));
        Assert.Equal(healthy, _bench.Kernel.EventOf(3));
        Assert.Equal([2], _collector.Cpus); // what it held was delivered
        Assert.Equal([0, 2, 3, 8], _bench.MapContents.Keys.Order());
    }

    [Fact]
    public void Poll_NewCpuCannotHaveARing_IsNamedAndTriedAgain()
    {
        using PerfBuffer buffer = _bench.Open(cpus: "0");
        _bench.SetOnline("0,5,77");
        _bench.Kernel.FailStep(1); // mmap

        LookOnce(buffer);

        Assert.Equal([0], buffer.Cpus);
        Assert.Equal(["perf ring of CPU 5", "perf ring of CPU 77"], _observer.Subjects); // 77: the map ends at 8
        LookOnce(buffer);
        Assert.Equal([0, 5], buffer.Cpus);
    }

    [Fact]
    public void Poll_NewCpuWhilePaused_IsPausedToo()
    {
        using PerfBuffer buffer = _bench.Open(cpus: "0");
        buffer.Pause();
        _bench.SetOnline("0,5");

        buffer.Poll(s_second, ref _collector);

        Assert.Equal([0, 5], _bench.Kernel.PausedCpus.Order());
    }

    [Fact]
    public void Poll_NothingChanges_LookingAllocatesNothing()
    {
        using PerfBuffer buffer = _bench.Open();
        RecordCounter counter = default;
        buffer.Poll(s_second, ref counter);
        _bench.Kernel.Timeouts.EnsureCapacity(1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            buffer.Poll(s_second, ref counter);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void LookOnce(PerfBuffer buffer)
    {
        _bench.Kernel.Clock.Advance(1000);
        buffer.Poll(TimeSpan.Zero, ref _collector);
    }
}
