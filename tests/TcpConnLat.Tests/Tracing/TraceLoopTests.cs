using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using TcpConnLat.Tests.Output;
using TcpConnLat.Tracing;
using Xunit;

namespace TcpConnLat.Tests.Tracing;

public sealed class TraceLoopTests : IDisposable
{
    private readonly RecordingStream _stream = new();
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stream.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Run_Header_IsWrittenBeforeTheFirstPoll()
    {
        List<string> writtenAtPoll = [];
        FakeSource source = new FakeSource().Step(then: () =>
        {
            writtenAtPoll.AddRange(_stream.Blocks);
            _stop.Cancel();
        });

        Run(source, new TraceOptions());

        Assert.StartsWith("PID    COMM", Assert.Single(writtenAtPoll), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EachDrainedBatch_IsWrittenAsOneBlock()
    {
        FakeSource source = new FakeSource().Step(events: 3).Step(events: 1).Step(then: _stop.Cancel);

        Run(source, new TraceOptions());

        Assert.Equal([1, 3, 1], _stream.Blocks.Select(block => block.Count(letter => letter == '\n')));
    }

    [Fact]
    public void Run_DrainedBatchLargerThanTheBuffer_IsWrittenInFewLargeBlocks()
    {
        const int Events = 5_000;
        FakeSource source = new FakeSource().Step(events: Events).Step(then: _stop.Cancel);

        Run(source, new TraceOptions());

        Assert.Equal(Events, Rows());
        Assert.All(_stream.Blocks[1..^1], block => Assert.InRange(block.Length, 64_000, 65_536));
        Assert.All(_stream.Blocks, block => Assert.EndsWith("\n", block, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_CountReached_StopsWithExactlyThatManyRows()
    {
        FakeSource source = new FakeSource { PendingEvents = 5 }.Step(events: 2).Step(events: 2);

        Run(source, new TraceOptions { Count = 3 });

        Assert.Equal(3, Rows());
        Assert.Equal(1, source.Finishes);
    }

    [Fact]
    public void Run_NoDuration_WaitsForEver()
    {
        FakeSource source = new FakeSource().Step(then: _stop.Cancel);

        Run(source, new TraceOptions());

        Assert.Equal([Timeout.InfiniteTimeSpan], source.Timeouts);
    }

    [Fact]
    public void Run_Duration_WaitsForWhatRemainsOfIt()
    {
        FakeSource source = new FakeSource()
            .Step(events: 1, then: () => _clock.Advance(TimeSpan.FromSeconds(1.5)))
            .Step(then: () => _clock.Advance(TimeSpan.FromSeconds(0.5)));

        Run(source, new TraceOptions { Duration = TimeSpan.FromSeconds(2) });

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.5)], source.Timeouts);
        Assert.Equal(1, Rows());
    }

    [Fact]
    public void Run_Signal_WakesTheWaitAndPrintsWhatIsPending()
    {
        FakeSource source = new FakeSource { PendingEvents = 2 }.Step(events: 1, then: _stop.Cancel);

        Run(source, new TraceOptions());

        Assert.Equal(1, source.Wakes);
        Assert.Equal(3, Rows());
    }

    [Fact]
    public void Run_SignalBeforeTheFirstPoll_StillFinishes()
    {
        _stop.Cancel();
        FakeSource source = new() { PendingEvents = 1 };

        Run(source, new TraceOptions());

        Assert.Empty(source.Timeouts);
        Assert.Equal(1, Rows());
    }

    [Fact]
    public void Run_ReaderHangsUpWithoutAnEvent_Ends()
    {
        FakeSource source = new FakeSource().Step(isHungUp: true);

        Run(source, new TraceOptions());

        Assert.Equal(1, source.Finishes);
    }

    [Fact]
    public void Run_ReaderGoneWhileWriting_Ends()
    {
        FakeSource source = new FakeSource().Step(events: 1, then: () => _stream.Error = new IOException("pipe", 32));

        Run(source, new TraceOptions());

        Assert.Equal(1, source.Finishes);
    }

    [Fact]
    public void Run_ReaderGoneBeforeTheHeader_DoesNotWait()
    {
        _stream.Error = new IOException("pipe", 32);
        FakeSource source = new();

        Run(source, new TraceOptions());

        Assert.Empty(source.Timeouts);
    }

    [Fact]
    public void Run_FullDisk_Throws()
    {
        FakeSource source = new FakeSource().Step(events: 1, then: () => _stream.Error = new IOException("full", 28));

        Assert.Throws<IOException>(() => Run(source, new TraceOptions()));
    }

    private void Run(FakeSource source, TraceOptions options) =>
        new TraceLoop(source, options, new OutputBuffer(_stream), _clock).Run(_stop.Token);

    // Without the header.
    private int Rows() => _stream.Blocks.Sum(block => block.Count(letter => letter == '\n')) - 1;
}
