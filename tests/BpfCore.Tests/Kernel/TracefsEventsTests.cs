using System.Text;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Tests.Syscalls;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class TracefsEventsTests
{
    private const string Stat = "(x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 500 20";

    [Fact]
    public void RemoveLeftovers_DeadAndLivingOwners_RemovesTheDeadOnesOfThisNamespace()
    {
        using FakeTree tree = TreeWith(
            """
            p:bpfcore_11/p_42_500_1_alive f
            p:bpfcore_11/p_43_500_1_dead f
            p:bpfcore_11/p_42_499_1_reused f
            p:bpfcore_22/p_43_500_1_elsewhere f
            p:kprobes/p_43_500_1_foreign f

            """);
        WritingGate kernel = new();

        int removed = Events(kernel, tree).RemoveLeftovers();

        Assert.Equal(2, removed);
        Assert.Equal(["-:bpfcore_11/p_43_500_1_dead\n", "-:bpfcore_11/p_42_499_1_reused\n"], kernel.Writes);
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void TryCreate_NameInUse_TakesTheNextNumber()
    {
        using FakeTree tree = TreeWith(string.Empty);
        WritingGate kernel = new();
        kernel.WriteResults.Enqueue(-(long)Errno.EEXIST);

        Events(kernel, tree).TryCreate(
            new TracefsProbe("tcp_v4_connect", "tcp_v4_connect", IsReturn: false), out _, out Errno error);

        Assert.Equal(Errno.ENOENT, error); // the fake tree shows no id for the new event, so it is removed again
        Assert.Equal(3, kernel.Writes.Count);
        Assert.StartsWith("p:bpfcore_11/p_42_500_", kernel.Writes[0], StringComparison.Ordinal);
        Assert.NotEqual(kernel.Writes[0], kernel.Writes[1]);
        string name = kernel.Writes[1][2..kernel.Writes[1].IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal($"-:{name}\n", kernel.Writes[2]);
    }

    [Fact]
    public void Remove_EventStillBusy_IsTriedAgain()
    {
        using FakeTree tree = TreeWith(string.Empty);
        WritingGate kernel = new();
        kernel.WriteResults.Enqueue(-(long)Errno.EBUSY);
        kernel.WriteResults.Enqueue(-(long)Errno.EBUSY);

        Errno error = Events(kernel, tree).Remove(new TracefsEventName("g", "e"));

        Assert.Equal(Errno.None, error);
        Assert.Equal(["-:g/e\n", "-:g/e\n", "-:g/e\n"], kernel.Writes);
    }

    private static FakeTree TreeWith(string events) => new FakeTree()
        .With("sys/kernel/tracing/events/enable", "0")
        .With("sys/kernel/tracing/kprobe_events", events)
        .With("proc/self/stat", $"42 {Stat}")
        .With("proc/42/stat", $"42 {Stat}")
        .WithLink("proc/self/ns/pid", "pid:[11]");

    private static TracefsEvents Events(SyscallGate kernel, FakeTree tree) => new(
        new SystemCalls(kernel, observer: null), tree.Files, Tracefs.Find(tree.Files)!, TracefsEventKind.Kprobe);

    private sealed unsafe class WritingGate : FakeGate
    {
        public List<string> Writes { get; } = [];

        public Queue<long> WriteResults { get; } = new();

        public override long Write(int fd, void* buffer, nuint count)
        {
            Writes.Add(Encoding.UTF8.GetString((byte*)buffer, (int)count));
            return WriteResults.TryDequeue(out long result) ? result : (long)count;
        }
    }
}
