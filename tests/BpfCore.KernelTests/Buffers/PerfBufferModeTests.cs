using System.Buffers.Binary;
using System.Diagnostics;
using BpfCore.Buffers;
using BpfCore.KernelTests.Leaks;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

/// <summary>The perf buffer other than by default: batched, paused, overwritten, enumerated.</summary>
public sealed class PerfBufferModeTests : IDisposable
{
    private readonly BpfMap _map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
    private readonly SampleProgram _program;
    private SampleCollector _collector = new();

    public PerfBufferModeTests()
    {
        _program = new SampleProgram(_map);
    }

    public void Dispose()
    {
        _program.Dispose();
        _map.Dispose();
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1, 65_536)]
    public void Poll_BatchedWakeups_DeliversOneRecordWithinTheBound(int records, int bytes)
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions
        {
            WakeupEvents = records,
            WakeupBytes = bytes,
            MaximumDelay = TimeSpan.FromMilliseconds(50),
        });
        Assert.Equal(0, _program.Send(1));
        var watch = Stopwatch.StartNew();

        Assert.Equal(1, buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector).SampleCount);

        Assert.InRange(watch.ElapsedMilliseconds, 0, 950); // by the bound, not by the look at CPUs once a second
    }

    [Fact]
    public void Poll_Watermark_WakesAtOnceWhenItIsReached()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions
        {
            PagesPerCpu = 1,
            WakeupBytes = 2400,
            MaximumDelay = TimeSpan.FromHours(1),
        });
        PinnedThread.Run(buffer.Cpus[0], () => Send(120)); // 24 bytes each
        var watch = Stopwatch.StartNew();

        Assert.Equal(120, buffer.Poll(TimeSpan.FromSeconds(30), ref _collector).SampleCount);

        Assert.InRange(watch.ElapsedMilliseconds, 0, 950);
    }

    [Fact]
    public void Poll_BatchedUnderLoad_RareRecordWakesAtOnce()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, UnderLoad(TimeSpan.FromHours(1)));
        for (int i = 0; i < 3; i++)
        {
            Thread sender = new(() =>
            {
                Thread.Sleep(100); // the poll waits by then
                Assert.Equal(0, _program.Send(1));
            });
            var watch = Stopwatch.StartNew();
            sender.Start();

            Assert.Equal(1, buffer.Poll(TimeSpan.FromSeconds(30), ref _collector).SampleCount);

            Assert.InRange(watch.ElapsedMilliseconds, 90, 900);
            sender.Join();
        }
    }

    [Fact]
    public void Poll_BatchedUnderLoad_NoRecordIsLostOrOvertakenWhenTheLoadBeginsAndEnds()
    {
        const int Bursts = 5;
        const int Records = 5_000;
        using PerfBuffer buffer = PerfBuffer.Open(_map, UnderLoad(TimeSpan.FromMilliseconds(20)));
        int cpu = buffer.Cpus[^1];
        Thread sender = new(() => PinnedThread.Run(cpu, () =>
        {
            for (int burst = 0; burst < Bursts; burst++)
            {
                Send(burst * Records, Records);
                Thread.Sleep(150);
            }
        }));
        sender.Start();

        var watch = Stopwatch.StartNew();
        while (_collector.Samples.Count < Bursts * Records && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            buffer.Poll(TimeSpan.FromMilliseconds(100), ref _collector);
        }

        sender.Join();
        Assert.Equal(Enumerable.Range(0, Bursts * Records).Select(i => (cpu, (ulong)i)), _collector.Samples);
        Assert.Empty(_collector.Lost);
    }

    [Fact]
    public void Dispose_BatchedUnderLoad_LeavesNothingOpen()
    {
        var held = HeldResources.Take();

        PerfBuffer.Open(_map, UnderLoad(TimeSpan.FromMilliseconds(20))).Dispose();

        held.AssertNothingNew();
    }

    [Fact]
    public void Pause_SendsMeanwhile_AreRefusedAndReportedAsLost()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        int cpu = buffer.Cpus[^1];
        PinnedThread.Run(cpu, () => Assert.Equal(0, _program.Send(1)));

        buffer.Pause();
        PinnedThread.Run(cpu, () => Assert.Equal(-(int)Errno.ENOSPC, _program.Send(2)));
        buffer.Resume();
        PinnedThread.Run(cpu, () => Assert.Equal(0, _program.Send(3)));

        Assert.Equal(2, buffer.Consume(ref _collector));
        Assert.Equal([(cpu, 1ul), (cpu, 3ul)], _collector.Samples);
        Assert.Equal([1ul], _collector.Lost);
    }

    [Fact]
    public void Consume_DropOldest_DeliversTheMostRecentOnesNewestFirst()
    {
        using PerfBuffer buffer = PerfBuffer.Open(
            _map, new PerfBufferOptions { PagesPerCpu = 1, FullMode = PerfBufferFullMode.DropOldest });
        int cpu = buffer.Cpus[0];
        PinnedThread.Run(cpu, () => Send(1000));

        int kept = buffer.Consume(ref _collector);

        Assert.Equal(Environment.SystemPageSize / 24, kept);
        Assert.Equal(Enumerable.Range(1000 - kept, kept).Reverse().Select(i => (cpu, (ulong)i)), _collector.Samples);
        Assert.Equal((ulong)(1000 - kept) * 24, buffer.OverwrittenByteCount);
        Assert.Equal(0ul, buffer.LostCount);
        Assert.Equal(0, buffer.Consume(ref _collector));

        PinnedThread.Run(cpu, () => Assert.Equal(0, _program.Send(7))); // it was paused for the read only
        Assert.Equal(1, buffer.Poll(TimeSpan.FromSeconds(30), ref _collector).SampleCount);
        Assert.Equal((cpu, 7ul), _collector.Samples[^1]);
    }

    [Fact]
    public void CheckCpus_RingsAreHealthy_KeepsThem()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        var held = HeldResources.Take();

        buffer.CheckCpus();
        buffer.Poll(TimeSpan.FromMilliseconds(1), ref _collector);

        held.AssertNothingNew();
        Assert.Equal(0, _program.Send(1));
        Assert.Equal(1, buffer.Consume(ref _collector));
    }

    [Fact]
    public async Task ReadAllAsync_RecordsSentMeanwhile_AreEnumerated()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions { PagesPerCpu = 256 });
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        Thread sender = new(() => Send(2000));
        sender.Start();
        HashSet<ulong> values = [];
        ulong lost = 0;
        await foreach (ReceivedRecord<ulong> record in buffer.ReadAllAsync(
            static (_, data) => BinaryPrimitives.ReadUInt64LittleEndian(data), patience.Token))
        {
            Assert.True(values.Add(record.Value));
            lost += record.LostBefore;
            if (values.Count == 2000)
            {
                break;
            }
        }

        sender.Join();
        Assert.Equal(0ul, lost);
    }

    private static PerfBufferOptions UnderLoad(TimeSpan delay) => new()
    {
        PagesPerCpu = 64,
        WakeupEvents = 64,
        Batching = WakeupBatching.UnderLoad,
        MaximumDelay = delay,
    };

    private void Send(int count) => Send(0, count);

    private void Send(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Assert.Equal(0, _program.Send((ulong)i));
        }
    }
}
