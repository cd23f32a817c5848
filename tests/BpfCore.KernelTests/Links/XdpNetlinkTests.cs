using BpfCore.Links;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class XdpNetlinkTests : IDisposable
{
    private const int Veth = 40;

    private readonly LinkFixture _fixture = LinkFixture.Load(file: "hooks.bpf.o");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void AttachXdp_ThroughNetlink_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(
        () => _fixture.AssertSeenUntilDetached(AttachGeneric, Send));

    [Fact]
    public void AttachXdp_ThroughNetlinkInTheDriver_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(() =>
    {
        PrivateNetwork.AddVeth(Veth, "192.0.2.1/24", "192.0.2.2");
        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachXdp(_fixture.Program("on_xdp"), Veth + 1, XdpMode.Native, XdpAttachMode.Netlink),
            static () => PrivateNetwork.SendInto("192.0.2.2", LinkFixture.Times));
    });

    [Fact]
    public void AttachXdp_LinkInTheDriver_SeesEveryPacketUntilDisposed() => PrivateNetwork.Run(() =>
    {
        PrivateNetwork.AddVeth(Veth, "192.0.2.1/24", "192.0.2.2");
        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachXdp(_fixture.Program("on_xdp"), Veth + 1, XdpMode.Native, XdpAttachMode.Link),
            static () => PrivateNetwork.SendInto("192.0.2.2", LinkFixture.Times));
    });

    [Fact]
    public void AttachXdp_ThroughNetlinkWhereOneIs_IsRefused() => PrivateNetwork.Run(() =>
    {
        using BpfLink first = AttachGeneric();

        SyscallException e = Assert.Throws<SyscallException>(() => BpfLink.AttachXdp(
            _fixture.Program("to_be_run"), PrivateNetwork.Loopback, XdpMode.Generic, XdpAttachMode.Netlink));

        Assert.Equal("netlink(RTM_SETLINK)", e.Call);
        Assert.Contains("xdp of interface 1", e.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void XdpPrograms_OfInterface_TellsWhatIsAttachedAndWhere() => PrivateNetwork.Run(() =>
    {
        PrivateNetwork.AddVeth(Veth, "192.0.2.1/24", "192.0.2.2");
        uint id = _fixture.Program("on_xdp").GetInfo().Id;
        uint other = _fixture.Program("to_be_run").GetInfo().Id;
        Assert.False(XdpPrograms.Of(PrivateNetwork.Loopback).Any);
        using BpfLink generic = AttachGeneric();
        using BpfLink native = BpfLink.AttachXdp(_fixture.Program("to_be_run"), Veth, XdpMode.Native);

        Assert.Equal(new XdpPrograms(0, id, 0), XdpPrograms.Of(PrivateNetwork.Loopback));
        Assert.Equal(new XdpPrograms(other, 0, 0), XdpPrograms.Of(Veth));
    });

    [Fact]
    public void Dispose_InAnotherNamespace_DetachesWhereItWasAttached() => PrivateNetwork.Run(() =>
    {
        PrivateNetwork.Run(AttachGeneric().Dispose);

        Assert.False(XdpPrograms.Of(PrivateNetwork.Loopback).Any);
    });

    [Fact]
    public void XdpPrograms_NoSuchInterface_NamesIt()
    {
        SyscallException e = Assert.Throws<SyscallException>(() => XdpPrograms.Of(4711_4711));

        Assert.Equal("ENODEV", e.ErrorName);
        Assert.Contains("interface 47114711", e.Message, StringComparison.Ordinal);
    }

    private static void Send() => PrivateNetwork.SendDatagrams(LinkFixture.Times);

    private BpfLink AttachGeneric()
    {
        BpfProgram program = _fixture.Program("on_xdp");
        return BpfLink.AttachXdp(program, PrivateNetwork.Loopback, XdpMode.Generic, XdpAttachMode.Netlink);
    }
}
