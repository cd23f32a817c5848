using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class TracefsTests
{
    [Fact]
    public void Find_MountedElsewhere_IsFoundThroughTheMountTable()
    {
        using FakeTree tree = new();
        tree.With("proc/self/mountinfo", "40 28 0:12 / /mnt/trace rw - tracefs tracefs rw\n")
            .With("mnt/trace/events/sock/inet_sock_set_state/id", "1234\n");

        Tracefs? tracefs = Tracefs.Find(tree.Files);

        Assert.Equal("/mnt/trace", tracefs?.MountPoint);
        Assert.True(tracefs!.TryGetEventId("sock", "inet_sock_set_state", out ulong id));
        Assert.Equal(1234UL, id);
        Assert.False(tracefs.TryGetEventId("sock", "no_such_event", out _));
        Assert.False(tracefs.HasKprobeEvents);
    }

    [Fact]
    public void Find_UsualPlaceAndAnother_TakesTheUsualOne()
    {
        using FakeTree tree = new();
        tree.With("proc/self/mountinfo", "40 28 0:12 / /mnt/other rw - tracefs tracefs rw\n")
            .With("mnt/other/events/enable", "0")
            .With("sys/kernel/tracing/events/enable", "0")
            .With("sys/kernel/tracing/kprobe_events", "");

        Tracefs? tracefs = Tracefs.Find(tree.Files);

        Assert.Equal("/sys/kernel/tracing", tracefs?.MountPoint);
        Assert.True(tracefs!.HasKprobeEvents);
        Assert.False(tracefs.HasUprobeEvents);
    }

    [Fact]
    public void Find_MountPointOfAnotherContainer_IsPassedOver()
    {
        using FakeTree tree = new();
        tree.With("proc/self/mountinfo", "40 28 0:12 / /not/visible/here rw - tracefs tracefs rw\n");

        Assert.Null(Tracefs.Find(tree.Files));
    }
}
