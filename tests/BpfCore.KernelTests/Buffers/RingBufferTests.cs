using System.Buffers.Binary;
using System.Diagnostics;
using BpfCore.Buffers;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

public sealed class RingBufferTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly RingObject _kernel = new();
    private SampleCollector _collector = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Poll_RecordsOfTwoMaps_ArriveInOrderWithTheIndexOfTheirMap()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.Second, _kernel.First);
        _kernel.Send(1, ring: 0);
        _kernel.Send(2, ring: 1);
        _kernel.Send(3, ring: 0);

        Assert.Equal(3, buffer.Poll(s_patience, ref _collector).SampleCount);

        Assert.Equal([1ul, 3ul], Values(source: 1));
        Assert.Equal([2ul], Values(source: 0));
        Assert.Equal([_kernel.Second, _kernel.First], buffer.Maps);
    }

    [Fact]
    public void Consume_DiscardedRecords_AreNeverSeen()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        _kernel.Discard(1);
        _kernel.Send(2);
        _kernel.Discard(3);

        Assert.Equal(1, buffer.Consume(ref _collector));
        Assert.Equal([2ul], Values(source: 0));
    }

    [Fact]
    public void Consume_RecordsOfAPage_AreWholeWhereverTheyStart()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        PageCheck check = default;
        for (ulong value = 0; value < 50; value++)
        {
            Assert.True(_kernel.SendPage(value)); // 4104 bytes each: a new offset every time
            Assert.Equal(1, buffer.Consume(ref check));
        }

        Assert.Equal(50ul, check.Next);
    }

    [Fact]
    public void Consume_FullRing_HasRoomAgain()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        int sent = 0;
        while (_kernel.Send((ulong)sent))
        {
            sent++;
        }

        Assert.Equal((_kernel.First.MaxEntries / 16) - 1, (uint)sent); // the kernel never fills the last byte
        Assert.Equal(sent, buffer.Consume(ref _collector));
        Assert.True(_kernel.Send(0));
        Assert.Equal(1, buffer.Consume(ref _collector));
    }

    [Fact]
    public void Poll_ManySendersIntoASmallRing_EveryRecordArrivesOnceAndNoWakeUpIsMissed()
    {
        const int Threads = 3;
        const int PerThread = 20_000;
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        Thread[] senders = [.. Enumerable.Range(0, Threads).Select(n => new Thread(() => SendAll(n, PerThread)))];
        Array.ForEach(senders, sender => sender.Start());

        // Without a wake-up the poll would wait for all of its time.
        while (_collector.Samples.Count < Threads * PerThread)
        {
            Assert.NotEqual(0, buffer.Poll(s_patience, ref _collector).SampleCount);
        }

        Array.ForEach(senders, sender => sender.Join());
        Assert.Equal(
            Enumerable.Range(0, Threads * PerThread).Select(i => (ulong)i),
            _collector.Samples.Select(sample => sample.Value).Order());
    }

    [Fact]
    public void Poll_EventAfterEvent_AllocatesNothing()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        SampleCounter counter = default;
        buffer.Poll(TimeSpan.Zero, ref counter); // the first poll of a thread sets things up that stay
        long allocated = 0;
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(_kernel.Send((ulong)i));
            long before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Poll(s_patience, ref counter);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(2000, counter.Count);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Wake_FromAnotherThread_EndsAnEndlessPoll()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        using Timer timer = new(_ => buffer.Wake(), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);

        Assert.Equal(
            new PollResult(0, IsWoken: true, IsHungUp: false),
            buffer.Poll(Timeout.InfiniteTimeSpan, ref _collector));
    }

    [Fact]
    public async Task ReadAllAsync_RecordsSentMeanwhile_AreEnumeratedUntilCancelled()
    {
        using RingBuffer buffer = RingBuffer.Open(_kernel.First);
        using CancellationTokenSource stop = new(s_patience);
        Thread sender = new(() => SendAll(0, 1000));
        sender.Start();
        List<ulong> values = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ReceivedRecord<ulong> record in buffer.ReadAllAsync(Decode, stop.Token))
            {
                values.Add(record.Value);
                if (values.Count == 1000)
                {
                    stop.CancelAfter(TimeSpan.FromMilliseconds(20)); // while it waits for the next one
                }
            }
        });

        sender.Join();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (ulong)i), values);
    }

    [Fact]
    public void Open_MapThatIsRead_IsRefusedUntilTheOtherIsDisposed()
    {
        RingBuffer first = RingBuffer.Open(_kernel.First);

        Assert.Throws<InvalidOperationException>(() => RingBuffer.Open(_kernel.Second, _kernel.First));
        Assert.Throws<InvalidOperationException>(() => RingBuffer.Open(_kernel.Second, _kernel.Second));

        first.Dispose();
        using RingBuffer both = RingBuffer.Open(_kernel.Second, _kernel.First);
    }

    [Fact]
    public void Open_OtherMap_NamesTheTypeThatIsNeeded()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 4, 1);

        ArgumentException ring = Assert.Throws<ArgumentException>(() => RingBuffer.Open(map));
        ArgumentException user = Assert.Throws<ArgumentException>(() => UserRingBuffer.Open(_kernel.First));

        Assert.StartsWith(
            "map test is of type Hash, a ring buffer needs RingBuffer", ring.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "map first is of type RingBuffer, a user ring buffer needs UserRingBuffer",
            user.Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RingBuffer.Open());
    }

    private static ulong Decode(int source, ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private IEnumerable<ulong> Values(int source) =>
        _collector.Samples.Where(sample => sample.Cpu == source).Select(sample => sample.Value);

    private void SendAll(int sender, int count)
    {
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            while (!_kernel.Send((ulong)((sender * count) + i)))
            {
                Assert.True(watch.Elapsed < s_patience, "nobody reads the ring");
                Thread.Yield();
            }
        }
    }

    private struct PageCheck : IRecordHandler
    {
        public ulong Next { get; private set; }

        public void OnSample(int source, ReadOnlySpan<byte> data)
        {
            Assert.Equal(4096, data.Length);
            Assert.Equal(Next, BinaryPrimitives.ReadUInt64LittleEndian(data));
            Assert.Equal(Next, BinaryPrimitives.ReadUInt64LittleEndian(data[^8..]));
            Next++;
        }

        public readonly void OnLost(int source, ulong count) => Assert.Fail("ring buffers report no losses");
    }
}
