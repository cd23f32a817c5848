using BpfCore.Links;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class TrafficControlTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "hooks.bpf.o");

    public static TheoryData<bool> Directions => [true, false];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(Directions))]
    public void AttachTc_Hook_SeesEveryPacketUntilDisposed(bool isIngress) => Run(() =>
        _fixture.AssertSeenUntilDetached(() => BpfLink.AttachTc(_fixture.Program("on_tc"), Hook(isIngress)), Send));

    [Fact]
    public void AttachTc_EndOfVeth_SeesWhatTheOtherEndSends() => Run(() =>
    {
        const int Index = 40;
        PrivateNetwork.AddVeth(Index, "192.0.2.1/24", "192.0.2.2");
        Assert.True(TrafficControl.TryAddClsact(Index));

        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachTc(_fixture.Program("on_tc"), TcHook.Egress(Index)),
            static () => PrivateNetwork.SendInto("192.0.2.2", LinkFixture.Times));
    });

    [Fact]
    public void AttachTc_TwoPriorities_RunInTheirOrder() => Run(() =>
    {
        TcHook hook = TcHook.Ingress(PrivateNetwork.Loopback);
        using TcFilter second = Attach("tc_second", hook, priority: 20);
        using TcFilter first = Attach("tc_first", hook, priority: 10);

        PrivateNetwork.SendDatagrams(2);

        Assert.Equal(1212UL, _fixture.Object.Variables["order"].Get<ulong>());
        Assert.Equal([10, 20], TrafficControl.Filters(hook).Select(static filter => filter.Priority));
    });

    [Fact]
    public void AttachTc_NothingAskedFor_TellsWhatTheKernelChose() => Run(() =>
    {
        TcHook hook = TcHook.Egress(PrivateNetwork.Loopback);
        BpfProgram program = _fixture.Program("on_tc");
        using (TcFilter filter = BpfLink.AttachTc(program, hook))
        {
            TcFilterInfo found = Assert.Single(TrafficControl.Filters(hook));
            uint id = program.GetInfo().Id;
            Assert.Equal(new TcFilterInfo(filter.Priority, filter.Handle, id, $"on_tc:[{id}]"), found);
            Assert.NotEqual((0, 0u), (filter.Priority, filter.Handle));
            Assert.False(filter.HasKernelLink);
        }

        Assert.Empty(TrafficControl.Filters(hook));
    });

    [Fact]
    public void AttachTc_PlaceTaken_IsRefusedOrReplacesIt() => Run(() =>
    {
        TcHook hook = TcHook.Ingress(PrivateNetwork.Loopback);
        TcFilterOptions place = new() { Priority = 5, Handle = 7 };
        TcFilterOptions replacing = new() { Priority = 5, Handle = 7, Existing = TcExistingFilter.Replace };
        TcFilter first = BpfLink.AttachTc(_fixture.Program("tc_first"), hook, place);
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachTc(_fixture.Program("on_tc"), hook, place));
        Assert.Contains("has this priority and handle", e.Message, StringComparison.Ordinal);

        using TcFilter second = BpfLink.AttachTc(_fixture.Program("on_tc"), hook, replacing);
        first.Dispose(); // not its place any more
        Send();

        Assert.Equal((ulong)LinkFixture.Times, _fixture.Hits);
        Assert.Equal(0UL, _fixture.Object.Variables["order"].Get<ulong>());
        Assert.Equal((5, 7u), (second.Priority, second.Handle));
    });

    [Fact]
    public void Keep_ThenDispose_StaysUntilDetached() => Run(() =>
    {
        TcHook hook = TcHook.Ingress(PrivateNetwork.Loopback);
        TcFilter filter = Attach("on_tc", hook, priority: 3);
        filter.Keep();
        filter.Dispose();
        Send();

        Assert.True(TrafficControl.TryDetach(hook, filter.Priority, filter.Handle));
        Send();

        Assert.Equal((ulong)LinkFixture.Times, _fixture.Hits);
        Assert.False(TrafficControl.TryDetach(hook, filter.Priority, filter.Handle));
    });

    [Fact]
    public void AttachTc_OtherDiscipline_SeesWhatItClassifies() => Run(() =>
    {
        if (!PrivateNetwork.TryTc("qdisc add dev lo root handle 1: prio"))
        {
            return; // a kernel without queueing disciplines that have classes
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachTc(_fixture.Program("on_tc"), TcHook.Under(PrivateNetwork.Loopback, 0x1_0000)), Send);
    });

    [Fact]
    public void TryAddClsact_TwiceThenRemoved_SaysSo() => PrivateNetwork.Run(() =>
    {
        LiveFeature.RequireTrafficControl();
        Assert.True(TrafficControl.TryAddClsact(PrivateNetwork.Loopback));
        Assert.False(TrafficControl.TryAddClsact(PrivateNetwork.Loopback));
        Assert.True(TrafficControl.TryRemoveClsact(PrivateNetwork.Loopback));
        Assert.False(TrafficControl.TryRemoveClsact(PrivateNetwork.Loopback));
    });

    [Fact]
    public void AttachTc_NoClsact_SaysWhatMakesIt() => PrivateNetwork.Run(() =>
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachTc(_fixture.Program("on_tc"), TcHook.Ingress(PrivateNetwork.Loopback)));

        Assert.Contains("TryAddClsact", e.Message, StringComparison.Ordinal);
        Assert.Contains("tc ingress of interface 1", e.Message, StringComparison.Ordinal);
        Assert.Empty(TrafficControl.Filters(TcHook.Ingress(PrivateNetwork.Loopback)));
    });

    [Fact]
    public void TryAddClsact_NoSuchInterface_NamesIt() => PrivateNetwork.Run(() =>
    {
        SyscallException e = Assert.Throws<SyscallException>(() => TrafficControl.TryAddClsact(4711));

        Assert.Equal("ENODEV", e.ErrorName);
        Assert.Contains("interface 4711", e.Message, StringComparison.Ordinal);
    });

    private static void Run(Action test) => PrivateNetwork.Run(() =>
    {
        LiveFeature.RequireTrafficControl();
        Assert.True(TrafficControl.TryAddClsact(PrivateNetwork.Loopback));
        test();
    });

    private static TcHook Hook(bool isIngress) =>
        isIngress ? TcHook.Ingress(PrivateNetwork.Loopback) : TcHook.Egress(PrivateNetwork.Loopback);

    private static void Send() => PrivateNetwork.SendDatagrams(LinkFixture.Times);

    private TcFilter Attach(string program, TcHook hook, int priority) =>
        BpfLink.AttachTc(_fixture.Program(program), hook, new TcFilterOptions { Priority = priority });
}
