using System.Diagnostics;
using System.IO.Pipes;
using BpfCore.Buffers;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Specs;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

public sealed class PerfBufferWaitTests : IDisposable
{
    private readonly BpfMap _map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
    private SampleCollector _collector = new();

    public void Dispose() => _map.Dispose();

    [Fact]
    public void Wake_FromAnotherThread_EndsAnEndlessPoll()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        using Timer timer = new(_ => buffer.Wake(), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
        var watch = Stopwatch.StartNew();

        PollResult result = buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector);

        Assert.Equal(new PollResult(0, IsWoken: true, IsHungUp: false), result);
        Assert.InRange(watch.ElapsedMilliseconds, 20, 1000);
        Assert.Equal(default, buffer.Poll(TimeSpan.FromMilliseconds(1), ref _collector));
    }

    [Fact]
    public void WatchForHangup_ReaderOfAPipeGoesAway_EndsAnEndlessPoll()
    {
        using AnonymousPipeServerStream output = new(PipeDirection.Out);
        using AnonymousPipeClientStream reader = new(PipeDirection.In, output.ClientSafePipeHandle);
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        Assert.True(buffer.WatchForHangup(output.SafePipeHandle));
        Assert.Equal(default, buffer.Poll(TimeSpan.FromMilliseconds(1), ref _collector));

        reader.Dispose();
        output.DisposeLocalCopyOfClientHandle();

        Assert.Equal(
            new PollResult(0, IsWoken: false, IsHungUp: true),
            buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector));
    }

    [Fact]
    public void WatchForHangup_RegularFile_CannotHangUp()
    {
        using PerfBuffer buffer = PerfBuffer.Open(_map);
        string path = Path.GetTempFileName();
        using (SafeFileHandle file = File.OpenHandle(path))
        {
            Assert.False(buffer.WatchForHangup(file));
        }

        File.Delete(path);
    }
}
