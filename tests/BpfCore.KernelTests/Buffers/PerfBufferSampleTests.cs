using System.Diagnostics;
using BpfCore.Buffers;
using BpfCore.KernelTests.Leaks;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

public sealed class PerfBufferSampleTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly BpfMap _map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
    private readonly SampleProgram _program;
    private SampleCollector _collector = new();

    public PerfBufferSampleTests()
    {
        _program = new SampleProgram(_map);
    }

    public void Dispose()
    {
        _program.Dispose();
        _map.Dispose();
    }

    [Fact]
    public void Poll_SamplesOfSeveralThreads_AllArriveOnce()
    {
        const int Threads = 4;
        int perThread = 20 * Rounds.Count;
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions { PagesPerCpu = 1024 });
        Thread[] senders = [.. Enumerable.Range(0, Threads).Select(n => new Thread(() => Send(n, perThread)))];
        Array.ForEach(senders, sender => sender.Start());
        var watch = Stopwatch.StartNew();
        while (_collector.Samples.Count < Threads * perThread && watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            buffer.Poll(s_second, ref _collector);
        }

        Array.ForEach(senders, sender => sender.Join());
        Assert.Equal(0ul, buffer.LostCount);
        Assert.Equal(
            Enumerable.Range(0, Threads * perThread).Select(i => (ulong)i),
            _collector.Samples.Select(sample => sample.Value).Order());
        Assert.All(_collector.Samples, sample => Assert.Contains(sample.Cpu, buffer.Cpus));
    }

    [Fact]
    public void Poll_SampleOfEachCpu_IsDeliveredWithItsId()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        foreach (int cpu in buffer.Cpus)
        {
            PinnedThread.Run(cpu, () => _program.Send((ulong)cpu));
        }

        buffer.Consume(ref _collector);

        Assert.Equal(buffer.Cpus.Select(cpu => (cpu, (ulong)cpu)), _collector.Samples);
    }

    [Fact]
    public void Consume_RingWasFull_ReportsWhatTheProgramCouldNotSend()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions { PagesPerCpu = 1 });
        int cpu = buffer.Cpus[^1];
        int sent = 0;
        PinnedThread.Run(cpu, () => sent = Enumerable.Range(0, 2000).Count(i => _program.Send((ulong)i) == 0));
        Assert.InRange(sent, 1, 1999);
        Assert.Equal(sent, buffer.Consume(ref _collector));
        Assert.Equal(0ul, buffer.LostCount); // the kernel tells with the next record that fits

        PinnedThread.Run(cpu, () => _program.Send(0));

        Assert.Equal(1, buffer.Consume(ref _collector));
        Assert.Equal([(ulong)(2000 - sent)], _collector.Lost);
        Assert.Equal((ulong)(2000 - sent), buffer.GetLostCount(cpu));
    }

    [Fact]
    public void Poll_BatchedWakeups_DeliversAFewRecordsWhenTheTimeIsOver()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map, new PerfBufferOptions { WakeupEvents = 1000 });
        Assert.Equal(0, _program.Send(1));

        Assert.Equal(1, buffer.Poll(TimeSpan.FromMilliseconds(20), ref _collector).SampleCount);
    }

    [Fact]
    public void Send_AfterDispose_IsRefused()
    {
        PerfBuffer buffer = PerfBuffer.Open(_map);
        Assert.Equal(0, _program.Send(1));

        buffer.Dispose();

        Assert.Equal(-(int)Errno.ENOENT, _program.Send(2));
        using PerfBuffer again = PerfBuffer.Open(_map);
        Assert.Equal(0, _program.Send(3));
        Assert.Equal(1, again.Poll(s_second, ref _collector).SampleCount);
        Assert.Equal(3ul, _collector.Samples[^1].Value);
    }

    [Fact]
    public void Poll_EventAfterEvent_AllocatesNothing()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        SampleCounter counter = default;
        _ = PollEventAfterEvent(buffer, 100, ref counter); // the first events set things up that stay

        long allocated = PollEventAfterEvent(buffer, 5000, ref counter);

        Assert.Equal(5100, counter.Count);
        Assert.Equal(0, allocated);
    }

    // How many bytes the polls allocated; what the test itself does in between does not count.
    private long PollEventAfterEvent(PerfBuffer buffer, int count, ref SampleCounter counter)
    {
        long allocated = 0;
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(0, _program.Send((ulong)i));
            long before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Poll(s_second, ref counter);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private void Send(int thread, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(0, _program.Send((ulong)((thread * count) + i)));
        }
    }
}
