using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class ProbePmuTests
{
    [Fact]
    public void Find_PmuWithReturnBit_GivesTypeAndConfig()
    {
        using FakeTree tree = new();
        tree.With("sys/bus/event_source/devices/kprobe/type", "8\n")
            .With("sys/bus/event_source/devices/kprobe/format/retprobe", "config:3\n");

        Assert.Equal(new ProbePmu(8, 1 << 3), ProbePmu.Find(tree.Files, TracefsEventKind.Kprobe));
        Assert.Null(ProbePmu.Find(tree.Files, TracefsEventKind.Uprobe));
    }

    [Theory]
    [InlineData("config:64\n")]
    [InlineData("config1:0\n")]
    [InlineData("config:\n")]
    public void Find_UnexpectedFormat_IsNoPmu(string format)
    {
        using FakeTree tree = new();
        tree.With("sys/bus/event_source/devices/uprobe/type", "8\n")
            .With("sys/bus/event_source/devices/uprobe/format/retprobe", format);

        Assert.Null(ProbePmu.Find(tree.Files, TracefsEventKind.Uprobe));
    }
}
