using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

/// <summary>Wake-ups that are batched only under load.</summary>
public sealed class PerfBufferLoadTests : IDisposable
{
    private const int Delay = 20;
    private const int WindowMilliseconds = 50;

    private static readonly PerfBufferOptions s_options = new()
    {
        PagesPerCpu = 4,
        WakeupEvents = 64,
        Batching = WakeupBatching.UnderLoad,
        MaximumDelay = TimeSpan.FromMilliseconds(Delay),
    };

    private readonly PerfBufferBench _bench = new();
    private RecordCollector _collector = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Open_UnderLoad_HasProgramsSendToEventsThatWakeAtEveryRecord()
    {
        using PerfBuffer buffer = _bench.Open(s_options);

        Assert.Equal([0, 2, 3, 8], _bench.RedirectedCpus.Order());
        Assert.Equal(1u, _bench.Kernel.LastEvent.wakeup_events);
        Assert.All(_bench.Kernel.Redirections, pair => Assert.Equal(
            _bench.Kernel.EventOf(_bench.Kernel.CpuOf(pair.Key)), pair.Value));
    }

    [Fact]
    public void Poll_RareRecords_WaitsUntilItIsWoken()
    {
        using PerfBuffer buffer = _bench.Open(s_options);
        Deliver(buffer, 1);

        Assert.Equal(default, buffer.Poll(TimeSpan.FromMilliseconds(500), ref _collector));

        Assert.Equal(500, _bench.Kernel.Timeouts[^1]);
        Assert.Equal(4, _bench.RedirectedCpus.Count());
    }

    [Fact]
    public void Poll_FastRecords_AreBatchedAndLateByTheBoundAtMost()
    {
        using PerfBuffer buffer = _bench.Open(s_options);

        Deliver(buffer, LoadMeter.BusyCount);

        Assert.Empty(_bench.RedirectedCpus);
        Write(3, 1); // nothing tells of it
        Assert.Equal(1, buffer.Poll(TimeSpan.FromMilliseconds(500), ref _collector).SampleCount);
        Assert.Equal(Delay, _bench.Kernel.Timeouts[^1]);
    }

    [Fact]
    public void Poll_LoadIsOver_WakesAtEveryRecordAgainAndLooksOnForAWindow()
    {
        using PerfBuffer buffer = _bench.Open(s_options);
        Deliver(buffer, LoadMeter.BusyCount);
        _bench.Kernel.Clock.Advance(WindowMilliseconds);
        buffer.Poll(TimeSpan.Zero, ref _collector);

        Assert.Equal(4, _bench.RedirectedCpus.Count());
        Write(8, 1); // by a program that saw the event that was taken out
        Assert.Equal(1, buffer.Poll(TimeSpan.FromMilliseconds(500), ref _collector).SampleCount);
        Assert.Equal(Delay, _bench.Kernel.Timeouts[^1]);
        _bench.Kernel.Clock.Advance(WindowMilliseconds);
        buffer.Poll(TimeSpan.Zero, ref _collector);
        buffer.Poll(TimeSpan.FromMilliseconds(500), ref _collector);
        Assert.Equal(500, _bench.Kernel.Timeouts[^1]);
    }

    [Fact]
    public void Poll_NothingComesAfterALoad_SleepsAgain()
    {
        using PerfBuffer buffer = _bench.Open(s_options);
        TimeSpan wait = TimeSpan.FromSeconds(5);
        for (int i = 0; i < LoadMeter.BusyCount + 2; i++)
        {
            Write(0, (byte)i);
            _bench.Kernel.Wake(0);
            buffer.Poll(wait, ref _collector); // in the end by ticks of the longest delay
        }

        buffer.Poll(wait, ref _collector);
        int before = _bench.Kernel.Timeouts.Count;
        buffer.Poll(wait, ref _collector);

        Assert.InRange(_bench.Kernel.Timeouts.Count - before, 5, 10);
    }

    [Fact]
    public void Poll_CpuComesUnderLoad_IsBatchedToo()
    {
        using PerfBuffer buffer = _bench.Open(s_options, cpus: "0");
        _bench.Kernel.Clock.Advance(990); // the look at CPUs is due in a moment
        Deliver(buffer, LoadMeter.BusyCount + 1); // the first one ends the window before
        _bench.SetOnline("0,2");
        _bench.Kernel.Clock.Advance(WindowMilliseconds / 2);
        buffer.Poll(TimeSpan.Zero, ref _collector);

        Assert.Equal([0, 2], _bench.MapContents.Keys.Order());
        Assert.Empty(_bench.RedirectedCpus);
    }

    [Fact]
    public void Open_EveryRecordWakesAnyway_OpensOneEventForEachCpu()
    {
        using PerfBuffer buffer = _bench.Open(
            new PerfBufferOptions { PagesPerCpu = 1, Batching = WakeupBatching.UnderLoad });

        Assert.Empty(_bench.Kernel.Redirections);
    }

    [Fact]
    public void Open_RingsThatOverwrite_AreRefused()
    {
        PerfBufferOptions options = new()
        {
            WakeupEvents = 64,
            Batching = WakeupBatching.UnderLoad,
            FullMode = PerfBufferFullMode.DropOldest,
        };

        ArgumentException error = Assert.Throws<ArgumentException>(() => _bench.Open(options));

        Assert.StartsWith("WakeupBatching.UnderLoad and PerfBufferFullMode.DropOldest", error.Message, Ordinal);
    }

    [Fact]
    public void Open_SecondEventIsRefused_ReleasesEverything()
    {
        int before = _bench.Kernel.OpenDescriptors.Count;
        for (int step = 0; step < 20; step++)
        {
            _bench.Kernel.FailStep(step);
            if (Record.Exception(() => _bench.Open(s_options, cpus: "0")) is null)
            {
                Assert.InRange(step, 7, 20); // epoll, event, ring, its event, its mapping, the second event, its output
                return;
            }

            Assert.Equal(before, _bench.Kernel.OpenDescriptors.Count);
            Assert.Equal(0, _bench.Kernel.LiveMappings);
        }

        Assert.Fail("opening never succeeded");
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    // Spread over wake-ups, as the kernel reports a ring that is ready once.
    private void Deliver(PerfBuffer buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Write(0, (byte)i);
            _bench.Kernel.Wake(0);
            buffer.Poll(TimeSpan.Zero, ref _collector);
        }
    }

    private void Write(int cpu, byte value) => _bench.Kernel.Rings[cpu].WriteSample([value, 0, 0, 0]);
}
