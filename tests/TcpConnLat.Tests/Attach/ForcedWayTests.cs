using TcpConnLat.Attach;
using Xunit;
using static TcpConnLat.Attach.AttachWay;

namespace TcpConnLat.Tests.Attach;

public sealed class ForcedWayTests
{
    [Theory]
    [InlineData(Fentry, TpBtf, StateStart.None)]
    [InlineData(Kprobe, RawTp, StateStart.None)]
    [InlineData(KprobeTracefs, RawTp, StateStart.None)]
    [InlineData(TpBtf, TpBtf, StateStart.IPv4 | StateStart.IPv6)]
    [InlineData(RawTp, RawTp, StateStart.IPv4 | StateStart.IPv6)]
    public void Climb_ForcedWay_IsTakenForEverything(object forced, object stateChanges, object stateStart)
    {
        FakeAttacher kernel = new();

        using AttachedProbes probes = AttachLadder.Climb(kernel, (AttachWay)forced);

        Assert.Equal((forced, forced, stateChanges), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Equal(stateStart, kernel.StateStart);
        Assert.EndsWith("inet_sock_set_state", kernel.Attached[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fentry, Probe.ConnectIPv4)]
    [InlineData(Fentry, Probe.Arrival)]
    [InlineData(Kprobe, Probe.ConnectIPv4)]
    [InlineData(KprobeTracefs, Probe.Arrival)]
    [InlineData(TpBtf, Probe.Reset)]
    [InlineData(TpBtf, Probe.StateChange)]
    [InlineData(RawTp, Probe.SocketDestroyed)]
    public void Climb_ForcedWayRefused_NeverStepsDown(object forced, object refused)
    {
        AttachWay way = (AttachWay)forced;
        FakeAttacher kernel = new FakeAttacher().Refuse(way, (Probe)refused);

        AttachException error = Assert.Throws<AttachException>(() => AttachLadder.Climb(kernel, way));

        Assert.StartsWith($"{way.Name()} does not work here: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--attach auto", error.Message, StringComparison.Ordinal);
        Assert.Empty(kernel.Attached);
    }

    [Fact]
    public void Climb_ForcedFentryWithoutTypedTracepoints_NeverStepsDown()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(TpBtf, Probe.StateChange);

        Assert.Throws<AttachException>(() => AttachLadder.Climb(kernel, Fentry));
        Assert.Empty(kernel.Attached);
    }

    [Theory]
    [InlineData(Fentry)]
    [InlineData(Kprobe)]
    [InlineData(KprobeTracefs)]
    public void Climb_ForcedWayWithoutIPv6_ShowsIPv4Only(object forced)
    {
        AttachWay way = (AttachWay)forced;
        FakeAttacher kernel = new FakeAttacher().Refuse(way, Probe.ConnectIPv6);

        using AttachedProbes probes = AttachLadder.Climb(kernel, way);

        Assert.Equal(way, probes.IPv4);
        Assert.Null(probes.IPv6);
        Assert.Equal(StateStart.None, kernel.StateStart);
        Assert.Equal("not shown", Assert.Single(probes.StepsDown).To);
    }
}
