using BpfCore.Buffers;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace BpfCore.Tests.Buffers;

/// <summary>The records as an asynchronous stream.</summary>
public sealed class RecordStreamTests : IDisposable
{
    private readonly PerfBufferBench _bench = new();
    private readonly CancellationTokenSource _cancellation = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _cancellation.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task ReadAllAsync_RecordsOfSeveralCpus_GivesEachOnceWithItsSource()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(0, 1, 2);
        Write(8, 3);

        Assert.Equal([(0, 1), (8, 3), (0, 2)], await Take(buffer, 3)); // no CPU starves another one
    }

    [Fact]
    public async Task ReadAllAsync_ConsumerLeaves_OtherRecordsStayInTheRings()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(0, 1, 2, 3);
        Assert.Equal([(0, 1)], await Take(buffer, 1));

        RecordCollector collector = new();
        buffer.Poll(TimeSpan.Zero, ref collector);

        Assert.Equal([2, 3], collector.Samples.Select(sample => sample[0]));
    }

    [Fact]
    public async Task ReadAllAsync_NothingThere_WaitsForTheNextRecord()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.WhileWaiting = wait =>
        {
            if (wait == 2)
            {
                Write(3, 9);
                _bench.Kernel.Wake(3);
            }
        };

        Assert.Equal([(3, 9)], await Take(buffer, 1));
        Assert.Equal(3, _bench.Kernel.Timeouts.Count);
    }

    [Fact]
    public async Task ReadAllAsync_Losses_AreGivenWithTheNextRecord()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.Rings[2].WriteLost(5);
        _bench.Kernel.Rings[2].WriteLost(2);
        Write(2, 1, 2);

        List<ulong> lost = [];
        await foreach (ReceivedRecord<byte> record in buffer.ReadAllAsync(First, _cancellation.Token))
        {
            lost.Add(record.LostBefore);
            if (lost.Count == 2)
            {
                break;
            }
        }

        Assert.Equal([7ul, 0ul], lost);
    }

    [Fact]
    public async Task ReadAllAsync_DecoderThrows_TheRecordAfterItIsNext()
    {
        using PerfBuffer buffer = _bench.Open();
        Write(0, 1, 2, 3);
        List<byte> read = [];
        async Task ReadUntilTwo()
        {
            await foreach (ReceivedRecord<byte> record in buffer.ReadAllAsync(
                (_, data) => data[0] == 2 ? throw new InvalidDataException() : data[0], _cancellation.Token))
            {
                read.Add(record.Value);
            }
        }

        await Assert.ThrowsAsync<InvalidDataException>(ReadUntilTwo);

        Assert.Equal([1], read);
        Assert.Equal([(0, 3)], await Take(buffer, 1));
    }

    [Fact]
    public async Task ReadAllAsync_CancelledWhileItWaits_Ends()
    {
        using PerfBuffer buffer = _bench.Open();
        _bench.Kernel.WhileWaiting = wait =>
        {
            if (wait == 1)
            {
                _cancellation.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Take(buffer, 1));

        RecordCollector collector = new();
        Assert.Equal(0, buffer.Consume(ref collector)); // nobody is reading any more
    }

    [Fact]
    public async Task ReadAllAsync_DescriptorHungUp_EndsWhenAllIsRead()
    {
        using PerfBuffer buffer = _bench.Open();
        using SafeFileHandle output = new(4242, ownsHandle: false);
        buffer.WatchForHangup(output);
        _bench.Kernel.SetReady(4242);
        Write(0, 1, 2);

        Assert.Equal([(0, 1), (0, 2)], await Take(buffer, 100));
    }

    [Fact]
    public async Task ReadAllAsync_BufferDisposed_IsRefused()
    {
        PerfBuffer buffer = _bench.Open();
        buffer.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Take(buffer, 1));
    }

    [Fact]
    public void ReadAllAsync_NewestFirst_IsRefused()
    {
        using PerfBuffer buffer = _bench.Open(
            new PerfBufferOptions { PagesPerCpu = 1, FullMode = PerfBufferFullMode.DropOldest });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => buffer.ReadAllAsync(First, _cancellation.Token));

        Assert.Contains("read it by Poll or Consume", error.Message, StringComparison.Ordinal);
    }

    private static byte First(int source, ReadOnlySpan<byte> data) => data[0];

    private async Task<List<(int Cpu, int First)>> Take(PerfBuffer buffer, int count)
    {
        List<(int, int)> taken = [];
        await foreach (ReceivedRecord<byte> record in buffer.ReadAllAsync(First, _cancellation.Token))
        {
            taken.Add((record.Source, record.Value));
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }

    private void Write(int cpu, params ReadOnlySpan<byte> firstBytes)
    {
        foreach (byte first in firstBytes)
        {
            _bench.Kernel.Rings[cpu].WriteSample([first, 0, 0, 0]);
        }
    }
}
