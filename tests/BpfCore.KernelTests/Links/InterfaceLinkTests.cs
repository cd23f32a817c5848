using BpfCore.Links;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class InterfaceLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void AttachXdp_Loopback_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(
        () => _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachXdp(_fixture.Program("on_xdp"), PrivateNetwork.Loopback, XdpMode.Generic), Send));

    [Fact]
    public void AttachXdp_DriverOfVeth_AttachesAndDetaches() => PrivateNetwork.Run(() =>
    {
        const int Index = 40;
        PrivateNetwork.Ip($"link add name left index {Index} type veth peer name right");
        using (BpfLink link = BpfLink.AttachXdp(_fixture.Program("on_xdp"), Index, XdpMode.Native))
        {
            Assert.Equal(BpfLinkType.Xdp, link.GetInfo().Type);
            SyscallException e = Assert.Throws<SyscallException>(
                () => BpfLink.AttachXdp(_fixture.Program("on_xdp_other"), Index, XdpMode.Native));
            Assert.Contains("another program is attached there", e.Message, StringComparison.Ordinal);
        }

        BpfLink.AttachXdp(_fixture.Program("on_xdp_other"), Index, XdpMode.Native).Dispose();
    });

    [Fact]
    public void Update_Xdp_RunsTheOtherProgramFromThenOn() => PrivateNetwork.Run(() =>
    {
        BpfProgram first = _fixture.Program("on_xdp");
        BpfProgram other = _fixture.Program("on_xdp_other");
        using BpfLink link = BpfLink.AttachXdp(first, PrivateNetwork.Loopback, XdpMode.Generic);
        Send();
        SyscallException e = Assert.Throws<SyscallException>(() => link.Update(other, expected: other));
        Assert.Equal("EPERM", e.ErrorName);

        link.Update(other, expected: first);
        Send();

        Assert.Equal("on_xdp_other", link.ProgramName);
        Assert.Equal((ulong)LinkFixture.Times, _fixture.Hits);
        Assert.Equal((ulong)LinkFixture.Times, _fixture.Object.Variables["returns"].Get<ulong>());
    });

    [Fact]
    public void AttachXdp_NoSuchInterface_SaysSo() => PrivateNetwork.Run(() =>
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachXdp(_fixture.Program("on_xdp"), 4711, XdpMode.Generic));

        Assert.Contains("xdp of interface 4711", e.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("on_ingress")]
    [InlineData("on_egress")]
    public void AttachTcx_Loopback_SeesEveryPacketUntilDisposed(string program) => PrivateNetwork.Run(() =>
    {
        if (!LiveFeature.Tcx)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachTcx(_fixture.Program(program), PrivateNetwork.Loopback), program);
            return;
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachTcx(_fixture.Program(program), PrivateNetwork.Loopback), Send);
    });

    [Fact]
    public void AttachTcx_BeforeAnother_RunsBeforeIt() => PrivateNetwork.Run(() =>
    {
        if (!LiveFeature.Tcx)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachTcx(_fixture.Program("on_ingress"), PrivateNetwork.Loopback), "on_ingress");
            return;
        }

        using BpfLink second = BpfLink.AttachTcx(_fixture.Program("second_in_order"), PrivateNetwork.Loopback);
        using BpfLink first = BpfLink.AttachTcx(
            _fixture.Program("first_in_order"), PrivateNetwork.Loopback, LinkPosition.Before(second));
        PrivateNetwork.SendDatagrams(2);

        Assert.Equal(1212UL, _fixture.Object.Variables["order"].Get<ulong>());
    });

    [Fact]
    public void AttachTcx_ProgramOfAnotherHook_NamesTheAttachTypes()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => BpfLink.AttachTcx(_fixture.Program("on_xdp"), PrivateNetwork.Loopback));

        Assert.Contains("TcxIngress or TcxEgress", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachNetkit_PrimaryDevice_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(() =>
    {
        if (!PrivateNetwork.TryAddNetkit(index: 40))
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachNetkit(_fixture.Program("on_netkit"), PrivateNetwork.Loopback), "on_netkit");
            return;
        }

        PrivateNetwork.Ip("address add 192.0.2.1/24 dev nk40");
        PrivateNetwork.Ip("link set nk40 up");
        PrivateNetwork.Ip("link set nk0 up"); // its peer, which the kernel names
        PrivateNetwork.Ip("neighbour add 192.0.2.2 lladdr 02:00:00:00:00:01 dev nk40 nud permanent");
        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachNetkit(_fixture.Program("on_netkit"), 40),
            static () => PrivateNetwork.SendInto("192.0.2.2", LinkFixture.Times));
    });

    [Fact]
    public void AttachNetfilter_LocalIn_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(() =>
    {
        NetfilterTarget target = new(NetfilterFamily.IPv4, NetfilterHook.LocalIn, Priority: -100);
        if (!LiveFeature.NetfilterLinks)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachNetfilter(_fixture.Program("on_netfilter"), target), "on_netfilter");
            return;
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachNetfilter(_fixture.Program("on_netfilter"), target), Send);
    });

    [Fact]
    public void AttachNetworkNamespace_SocketLookup_SeesEveryConnectUntilDisposed() => PrivateNetwork.Run(
        () => _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachNetworkNamespace(_fixture.Program("on_lookup"), "/proc/thread-self/ns/net"), Send));

    [Fact]
    public void AttachNetworkNamespace_FlowDissector_SeesEveryHashUntilDisposed() => PrivateNetwork.Run(() =>
    {
        if (!LiveFeature.Tcx)
        {
            BpfLink.AttachNetworkNamespace(_fixture.Program("on_flow"), "/proc/thread-self/ns/net").Dispose();
            return; // nothing else here asks for a hash
        }

        using BpfLink asking = BpfLink.AttachTcx(_fixture.Program("asks_for_hash"), PrivateNetwork.Loopback);
        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachNetworkNamespace(_fixture.Program("on_flow"), "/proc/thread-self/ns/net"), Send);
    });

    [Fact]
    public void AttachNetworkNamespace_NoNamespace_NamesThePath()
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachNetworkNamespace(_fixture.Program("on_lookup"), "/proc/self/ns/none"));

        Assert.Contains("/proc/self/ns/none", e.Message, StringComparison.Ordinal);
    }

    private static void Send() => PrivateNetwork.SendDatagrams(LinkFixture.Times);
}
