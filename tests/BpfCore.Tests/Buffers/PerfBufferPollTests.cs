using BpfCore.Buffers;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class PerfBufferPollTests : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(123);

    private readonly PerfBufferBench _bench = new();
    private RecordCollector _collector = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Poll_NothingReady_WaitsItsTime()
    {
        using PerfBuffer buffer = _bench.Open();

        Assert.Equal(default, buffer.Poll(s_wait, ref _collector));
        Assert.Equal(default, buffer.Poll(TimeSpan.Zero, ref _collector));

        Assert.Equal([123, 0], _bench.Kernel.Timeouts);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Poll(TimeSpan.FromTicks(-2), ref _collector));
    }

    [Fact]
    public void Poll_LongTime_IsWaitedInPiecesOfASecond()
    {
        using PerfBuffer buffer = _bench.Open();

        Assert.Equal(default, buffer.Poll(TimeSpan.FromMilliseconds(2500), ref _collector));

        Assert.Equal([1000, 1000, 500], _bench.Kernel.Timeouts);
    }

    [Fact]
    public void Poll_LookAtTheCpusMeanwhile_EndsWhenItsTimeIsOver()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.Clock.Advance(900);

        Assert.Equal(default, buffer.Poll(s_wait, ref _collector));

        Assert.Equal([123, 23], _bench.Kernel.Timeouts);
    }

    [Fact]
    public void Poll_SameTimeAgainWhileRecordsCome_NeedsNoTimerOfItsOwn()
    {
        using PerfBuffer buffer = _bench.Open();
        for (int i = 0; i < 4; i++)
        {
            Write(2, 1);
            _bench.Kernel.Wake(2);
            Assert.Equal(1, buffer.Poll(s_wait, ref _collector).SampleCount);
        }

        long start = _bench.Kernel.Clock.GetTimestamp();
        Assert.Equal(default, buffer.Poll(s_wait, ref _collector)); // a tick ends its first part, a timer the second
        Assert.InRange(_bench.Kernel.Clock.GetTimestamp() - start, 123, 2 * 123);
        int before = _bench.Kernel.Timeouts.Count;
        Assert.Equal(default, buffer.Poll(s_wait, ref _collector)); // no records came in the poll before

        Assert.Equal([123, -1, -1, -1, -1], _bench.Kernel.Timeouts[..5]);
        Assert.Equal(123, _bench.Kernel.Timeouts[before]);
    }

    [Fact]
    public void Poll_TicksOfAnyLength_LooksAtTheCpusOnceASecond()
    {
        using PerfBuffer buffer = _bench.Open(cpus: "0,2");
        for (int i = 0; i < 8; i++)
        {
            Write(2, 1);
            _bench.Kernel.Wake(2);
            buffer.Poll(s_wait, ref _collector);
            _bench.Kernel.Clock.Advance(100);
        }

        _bench.SetOnline("0,2,5");
        buffer.Poll(s_wait, ref _collector);
        Assert.Equal([0, 2], buffer.Cpus);
        buffer.Poll(TimeSpan.FromSeconds(1), ref _collector);
        Assert.Equal([0, 2, 5], buffer.Cpus);
    }

    [Fact]
    public void Poll_ForEver_LastsUntilThereIsSomething()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.WhileWaiting = wait =>
        {
            if (wait == 3)
            {
                Write(2, 1);
                _bench.Kernel.Wake(2);
            }
        };

        Assert.Equal(1, buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector).SampleCount);

        Assert.Equal([1000, 1000, 1000, 1000], _bench.Kernel.Timeouts);
    }

    [Fact]
    public void Poll_RingReady_DeliversItsRecordsWithTheCpuId()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(8, 1, 2);
        Write(0, 3);
        _bench.Kernel.Wake(8);

        Assert.Equal(new PollResult(2, false, false), buffer.Poll(s_wait, ref _collector));

        Assert.Equal([(8, 1), (8, 2)], Received);
        Assert.Equal(1, buffer.Consume(ref _collector)); // what no wake-up announced
        Assert.Equal((0, 3), Received[^1]);
    }

    [Fact]
    public void Poll_BatchedWakeups_LooksIntoAllRingsWhenTheTimeIsOver()
    {
        using PerfBuffer buffer = _bench.Open(wakeupEvents: 64);
        Write(2, 1);
        Write(8, 2);

        Assert.Equal(2, buffer.Poll(s_wait, ref _collector).SampleCount);

        Assert.Equal([(2, 1), (8, 2)], Received);
    }

    [Theory]
    [InlineData(5, 20)]
    [InlineData(1, 7)]
    public void Poll_BatchedWakeups_RecordIsLateByTheBoundAtMost(int written, int bound)
    {
        using PerfBuffer buffer = _bench.Open(new PerfBufferOptions
        {
            PagesPerCpu = 1,
            WakeupBytes = 4096,
            MaximumDelay = TimeSpan.FromMilliseconds(bound),
        });
        _bench.Kernel.WhileWaiting = wait =>
        {
            if (wait == written)
            {
                Write(3, 1);
            }
        };

        Assert.Equal(1, buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector).SampleCount);

        Assert.Equal(Enumerable.Repeat(bound, written + 1), _bench.Kernel.Timeouts);
    }

    [Fact]
    public void Poll_BatchesOfOneCpuComeFast_LooksIntoTheOtherRingsAtEveryTick()
    {
        using PerfBuffer buffer = _bench.Open(new PerfBufferOptions
        {
            PagesPerCpu = 1,
            WakeupEvents = 64,
            MaximumDelay = TimeSpan.FromMilliseconds(20),
        });
        long written = 0;
        for (int i = 0; i < 40 && !_collector.Cpus.Contains(8); i++)
        {
            Write(2, 1);
            _bench.Kernel.Wake(2);
            buffer.Poll(TimeSpan.FromSeconds(1), ref _collector);
            if (i == 10)
            {
                Write(8, 2); // less than a batch
                written = _bench.Kernel.Clock.GetTimestamp();
            }

            _bench.Kernel.Clock.Advance(3);
        }

        Assert.InRange(_bench.Kernel.Clock.GetTimestamp() - written, 4, 20 + 3);
    }

    [Fact]
    public void Poll_InsideAHandler_IsRefused()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(0, 1, 2, 3);
        ReadingHandler handler = new(buffer);

        buffer.Consume(ref handler);

        Assert.Equal(3, handler.Refusals);
        Assert.Equal(0, buffer.Consume(ref _collector));
    }

    [Fact]
    public void Poll_WhileAnotherThreadPolls_IsRefusedAndDisposeEndsThatPoll()
    {
        PerfBuffer buffer = _bench.Open();
        using ManualResetEventSlim isWaiting = new();
        using ManualResetEventSlim mayGoOn = new();
        _bench.Kernel.WhileWaiting = _ =>
        {
            isWaiting.Set();
            mayGoOn.Wait();
        };
        Exception? end = null;
        Thread reader = new(() => end = Record.Exception(() => PollForEver(buffer)));
        reader.Start();
        isWaiting.Wait(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => buffer.Poll(TimeSpan.Zero, ref _collector));
        Assert.Throws<InvalidOperationException>(() => buffer.Consume(ref _collector));
        Thread end2 = new(buffer.Dispose);
        end2.Start();
        SpinWait.SpinUntil(() => Record.Exception(() => buffer.Consume(ref _collector)) is ObjectDisposedException);
        mayGoOn.Set();

        reader.Join();
        end2.Join();
        Assert.IsType<ObjectDisposedException>(end);
        Assert.Equal(0, _bench.Kernel.LiveMappings);
    }

    [Fact]
    public void Poll_HandlerThrew_GoesOnWithoutWaiting()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(0, 1, 2);
        Write(3, 3);
        _bench.Kernel.Wake(0);
        _bench.Kernel.Wake(3);
        _collector.ThrowAt = 0;
        Assert.Throws<InvalidOperationException>(() => buffer.Poll(s_wait, ref _collector));

        PollResult result = buffer.Poll(s_wait, ref _collector); // the kernel reports no ring again

        Assert.Equal(2, result.SampleCount);
        Assert.Equal([(0, 1), (0, 2), (3, 3)], Received);
        Assert.Equal(0, _bench.Kernel.Timeouts[^1]);
        buffer.Poll(s_wait / 3, ref _collector);
        Assert.Equal(41, _bench.Kernel.Timeouts[^1]);
    }

    [Fact]
    public void Wake_BeforePoll_EndsOnePoll()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(2, 1);
        _bench.Kernel.Wake(2);
        buffer.Wake();
        buffer.Wake();

        Assert.Equal(new PollResult(1, IsWoken: true, false), buffer.Poll(s_wait, ref _collector));
        Assert.Equal(default, buffer.Poll(s_wait, ref _collector));
    }

    [Fact]
    public void Wake_AfterDispose_IsIgnored()
    {
        PerfBuffer buffer = _bench.Open();
        buffer.Dispose();

        buffer.Wake();

        Assert.Throws<ObjectDisposedException>(() => buffer.Poll(s_wait, ref _collector));
        Assert.Throws<ObjectDisposedException>(() => buffer.Consume(ref _collector));
    }

    [Fact]
    public void WatchForHangup_DescriptorHangsUp_EveryPollTells()
    {
        using PerfBuffer buffer = _bench.Open();
        using SafeFileHandle output = new(4242, ownsHandle: false);

        Assert.True(buffer.WatchForHangup(output));
        _bench.Kernel.SetReady(4242);

        Assert.Equal(new PollResult(0, false, IsHungUp: true), buffer.Poll(s_wait, ref _collector));
        Assert.Equal(new PollResult(0, false, IsHungUp: true), buffer.Poll(s_wait, ref _collector));
    }

    [Fact]
    public void LostCount_IsKeptPerCpuAndInTotal()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.Rings[3].WriteLost(5);
        _bench.Kernel.Rings[8].WriteLost(7);
        _bench.Kernel.Rings[8].WriteLost(1);

        Assert.Equal(0, buffer.Consume(ref _collector));

        Assert.Equal([(3, 5ul), (8, 7ul), (8, 1ul)], _collector.Lost);
        Assert.Equal(13ul, buffer.LostCount);
        Assert.Equal((0ul, 8ul), (buffer.GetLostCount(2), buffer.GetLostCount(8)));
        Assert.Throws<ArgumentException>(() => buffer.GetLostCount(1));
    }

    [Fact]
    public void Poll_DropOldest_PausesTheRingWhileItIsRead()
    {
        using PerfBuffer buffer = _bench.Open(
            new PerfBufferOptions { PagesPerCpu = 1, FullMode = PerfBufferFullMode.DropOldest });
        RingWriter kernel = _bench.Kernel.Rings[2];
        kernel.Head = unchecked(0ul - 16); // one record that ends where the ring does
        kernel.WriteSample([7, 0, 0, 0]);
        kernel.Head = unchecked(0ul - 16);
        _bench.Kernel.Wake(2);
        PauseObserver observer = new(_bench.Kernel);

        Assert.Equal(1, buffer.Poll(s_wait, ref observer).SampleCount);

        Assert.Equal([2], observer.PausedCpus);
        Assert.Empty(_bench.Kernel.PausedCpus);
        Assert.Equal(0, buffer.Consume(ref observer));
    }

    [Fact]
    public void Pause_StopsEveryRingUntilResume()
    {
        using PerfBuffer buffer = _bench.Open();

        buffer.Pause();
        Assert.Equal([0, 2, 3, 8], _bench.Kernel.PausedCpus.Order());

        buffer.Resume();
        Assert.Empty(_bench.Kernel.PausedCpus);
    }

    private static void PollForEver(PerfBuffer buffer)
    {
        RecordCollector collector = new();
        buffer.Poll(Timeout.InfiniteTimeSpan, ref collector);
    }

    private List<(int Cpu, int First)> Received =>
        [.. _collector.Cpus.Zip(_collector.Samples, (cpu, data) => (cpu, (int)data[0]))];

    private void Write(int cpu, params ReadOnlySpan<byte> firstBytes)
    {
        foreach (byte first in firstBytes)
        {
            _bench.Kernel.Rings[cpu].WriteSample([first, 0, 0, 0]);
        }
    }

    /// <summary>Tries at each sample what a handler must not do.</summary>
    private struct ReadingHandler : IRecordHandler
    {
        private readonly Action[] _forbidden;

        public ReadingHandler(PerfBuffer buffer)
        {
            RecordCollector collector = new();
            _forbidden =
            [
                buffer.Dispose,
                () => buffer.Poll(TimeSpan.Zero, ref collector),
                () => buffer.Consume(ref collector),
            ];
        }

        public int Refusals { get; private set; }

        public void OnSample(int source, ReadOnlySpan<byte> data)
        {
            Assert.All(_forbidden, call => Assert.Throws<InvalidOperationException>(call));
            Refusals++;
        }

        public readonly void OnLost(int source, ulong count)
        {
        }
    }

    private struct PauseObserver(FakePerfKernel kernel) : IRecordHandler
    {
        public int[] PausedCpus { get; private set; } = [];

        public void OnSample(int source, ReadOnlySpan<byte> data) => PausedCpus = [.. kernel.PausedCpus];

        public readonly void OnLost(int source, ulong count)
        {
        }
    }
}
