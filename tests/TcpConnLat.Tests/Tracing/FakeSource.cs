using System.Runtime.InteropServices;
using BpfCore.Buffers;
using TcpConnLat.Output;
using TcpConnLat.Tests.Output;
using TcpConnLat.Tracing;

namespace TcpConnLat.Tests.Tracing;

/// <summary>Answers each poll with the next prepared step; a poll beyond them fails the test.</summary>
internal sealed class FakeSource : IConnectSource
{
    private readonly Queue<(int Events, bool IsHungUp, Action Then)> _steps = [];

    public List<TimeSpan> Timeouts { get; } = [];

    public int Wakes { get; private set; }

    public int Finishes { get; private set; }

    /// <summary>Events that are delivered only by the final drain.</summary>
    public int PendingEvents { get; init; }

    public FakeSource Step(int events = 0, bool isHungUp = false, Action? then = null)
    {
        _steps.Enqueue((events, isHungUp, then ?? (() => { })));
        return this;
    }

    public PollResult Poll(TimeSpan timeout, ref EventPrinter printer)
    {
        Timeouts.Add(timeout);
        (int events, bool isHungUp, Action then) = _steps.Dequeue();
        Print(ref printer, events);
        then();
        return new PollResult(events, IsWoken: false, isHungUp);
    }

    public void Wake() => Wakes++;

    public void Finish(ref EventPrinter printer)
    {
        Finishes++;
        Print(ref printer, PendingEvents);
    }

    public Losses ReadLosses() => default;

    private static void Print(ref EventPrinter printer, int count)
    {
        ConnectBpf.Event connect = SampleEvent.Create();
        for (int index = 0; index < count; index++)
        {
            printer.OnSample(source: 0, MemoryMarshal.AsBytes(new ReadOnlySpan<ConnectBpf.Event>(in connect)));
        }
    }
}
