using TcpConnLat.Attach;
using Xunit;
using static TcpConnLat.Attach.AttachWay;

namespace TcpConnLat.Tests.Attach;

public sealed class AttachLadderTests
{
    private static readonly Probe[] s_entryProbes = [Probe.ConnectIPv4, Probe.ConnectIPv6, Probe.Arrival];

    [Fact]
    public void Climb_EverythingWorks_TakesFentryAndAttachesTheStateChangeLast()
    {
        FakeAttacher kernel = new();

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Fentry, Fentry, TpBtf), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Empty(probes.StepsDown);
        Assert.Equal(
            [
                "+fentry_tcp_rcv_state_process",
                "+fentry_tcp_v4_connect",
                "+fentry_tcp_v6_connect",
                "state_start = 0",
                "+tp_btf_tcp_receive_reset",
                "+tp_btf_tcp_destroy_sock",
                "+tp_btf_inet_sock_set_state",
            ],
            kernel.Log);
    }

    [Fact]
    public void Climb_NoFentry_TakesKprobeWithRawTracepoints()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Kprobe, Kprobe, RawTp), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Equal(StateStart.None, kernel.StateStart);
        Assert.DoesNotContain(kernel.Attached, name => name.StartsWith("tp_btf", StringComparison.Ordinal));
    }

    [Fact]
    public void Climb_NoPmu_TakesKprobeByTracefs()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry).Refuse(Kprobe);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((KprobeTracefs, KprobeTracefs, RawTp), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Contains("kprobe_tcp_v4_connect by tracefs", kernel.Attached);
    }

    [Fact]
    public void Climb_NoEntryProbes_StartsAtTheStateChangeByTpBtf()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry).Refuse(Kprobe).Refuse(KprobeTracefs);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((TpBtf, TpBtf, TpBtf), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Equal(StateStart.IPv4 | StateStart.IPv6, kernel.StateStart);
        Assert.Equal(3, kernel.Attached.Count);
    }

    [Fact]
    public void Climb_OnlyRawTracepoints_TakesThem()
    {
        FakeAttacher kernel = new FakeAttacher()
            .Refuse(Fentry).Refuse(Kprobe).Refuse(KprobeTracefs).Refuse(TpBtf, Probe.StateChange);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((RawTp, RawTp, RawTp), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Equal(
            ["raw_tp_tcp_receive_reset", "raw_tp_tcp_destroy_sock", "raw_tp_inet_sock_set_state"], kernel.Attached);
    }

    [Fact]
    public void Climb_FentryWithoutTypedTracepoints_StepsDownToRawOnesOnly()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(TpBtf, Probe.SocketDestroyed);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Fentry, Fentry, RawTp), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.DoesNotContain("tp_btf_tcp_receive_reset", kernel.Attached);
        Assert.Equal("tp_btf", Assert.Single(probes.StepsDown).From);
    }

    [Fact]
    public void Climb_NoIPv6Entry_StartsIPv6AtTheStateChange()
    {
        FakeAttacher kernel = new FakeAttacher()
            .Refuse(Fentry, Probe.ConnectIPv6)
            .Refuse(Kprobe, Probe.ConnectIPv6)
            .Refuse(KprobeTracefs, Probe.ConnectIPv6);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Fentry, TpBtf, TpBtf), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Equal(StateStart.IPv6, kernel.StateStart);
        Assert.DoesNotContain("kprobe_tcp_rcv_state_process", kernel.Attached);
    }

    [Fact]
    public void Climb_FamiliesStepDownApart_EachKeepsItsOwnArrivalProbe()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry, Probe.ConnectIPv6);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Fentry, Kprobe, TpBtf), (probes.IPv4, probes.IPv6, probes.StateChanges));
        Assert.Contains("fentry_tcp_rcv_state_process", kernel.Attached);
        Assert.Contains("kprobe_tcp_rcv_state_process", kernel.Attached);
    }

    [Fact]
    public void Climb_NoArrivalProbe_GivesTheWholeWayUpAndTriesItOnce()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry, Probe.Arrival);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal((Kprobe, Kprobe), (probes.IPv4, probes.IPv6));
        Assert.DoesNotContain("+fentry_tcp_v4_connect", kernel.Log);
        Assert.Single(kernel.Log, "!fentry_tcp_rcv_state_process");
        Assert.Equal(2, probes.StepsDown.Count);
    }

    [Fact]
    public void Climb_ArrivalProbeNobodyNeeds_IsDetached()
    {
        FakeAttacher kernel = new FakeAttacher().Refuse(Fentry, Probe.ConnectIPv4, Probe.ConnectIPv6);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Contains("-fentry_tcp_rcv_state_process", kernel.Log);
        Assert.DoesNotContain("fentry_tcp_rcv_state_process", kernel.Attached);
    }

    [Fact]
    public void Climb_StepsDown_KeepWhatFailedWhatCameNextAndWhy()
    {
        FakeAttacher kernel = new FakeAttacher()
            .Refuse(Fentry, s_entryProbes).Refuse(Kprobe, s_entryProbes).Refuse(KprobeTracefs, Probe.ConnectIPv4);

        using AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);

        Assert.Equal(
            [
                "tcp_v4_connect: fentry > kprobe: fentry_tcp_rcv_state_process: refused",
                "tcp_v4_connect: kprobe > kprobe-tracefs: kprobe_tcp_rcv_state_process: refused",
                "tcp_v4_connect: kprobe-tracefs > tp_btf: kprobe_tcp_v4_connect by tracefs: refused",
                "tcp_v6_connect: fentry > kprobe: fentry_tcp_rcv_state_process: refused",
                "tcp_v6_connect: kprobe > kprobe-tracefs: kprobe_tcp_rcv_state_process: refused",
            ],
            probes.StepsDown.Select(step => $"{step.Subject}: {step.From} > {step.To}: {step.Reason}"));
    }

    [Fact]
    public void Climb_NothingWorks_NamesTheLastReasonAndDetachesEverything()
    {
        FakeAttacher kernel = new FakeAttacher()
            .Refuse(Fentry).Refuse(Kprobe).Refuse(KprobeTracefs).Refuse(TpBtf).Refuse(RawTp, Probe.StateChange);

        AttachException error = Assert.Throws<AttachException>(() => AttachLadder.Climb(kernel, forcedWay: null));

        Assert.Contains("raw_tp_inet_sock_set_state: refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("doctor", error.Message, StringComparison.Ordinal);
        Assert.Empty(kernel.Attached);
    }

    [Fact]
    public void Dispose_AttachedProbes_DetachesTheLastFirst()
    {
        FakeAttacher kernel = new();
        AttachedProbes probes = AttachLadder.Climb(kernel, forcedWay: null);
        string[] attached = [.. kernel.Attached];
        kernel.Log.Clear();

        probes.Dispose();

        Assert.Empty(kernel.Attached);
        Assert.Equal("-tp_btf_inet_sock_set_state", kernel.Log[0]);
        Assert.Equal(attached.Length, kernel.Log.Count);
    }
}
