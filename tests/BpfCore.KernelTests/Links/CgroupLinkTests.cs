using System.Net;
using System.Net.Sockets;
using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class CgroupLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();
    private readonly PrivateCgroup _cgroup = new();

    public void Dispose()
    {
        _cgroup.Dispose();
        _fixture.Dispose();
    }

    [Theory]
    [InlineData("on_socket")]
    [InlineData("on_connect")]
    [InlineData("on_cgroup_egress")]
    public void AttachCgroup_Hook_SeesWhatItsProcessesDoUntilDisposed(string program)
    {
        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachCgroup(_fixture.Program(program), _cgroup.Path), SendConnected);
    }

    [Fact]
    public void AttachCgroup_SocketOperations_SeesConnectionsUntilDisposed()
    {
        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachCgroup(_fixture.Program("on_sockops"), _cgroup.Path), Connect);
    }

    [Fact]
    public void AttachCgroup_SecurityHook_SeesWhatItsProcessesDoUntilDisposed()
    {
        if (!LiveFeature.Trampolines || !LiveFeature.HasFunction("bpf_lsm_find_cgroup_shim"))
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachCgroup(_fixture.Program("on_lsm_cgroup"), _cgroup.Path), "on_lsm_cgroup");
            return;
        }

        if (!LiveFeature.BpfSecurityModule)
        {
            BpfLink.AttachCgroup(_fixture.Program("on_lsm_cgroup"), _cgroup.Path).Dispose();
            return; // attached, but never called
        }

        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachCgroup(_fixture.Program("on_lsm_cgroup"), _cgroup.Path), Bind);
    }

    [Fact]
    public void ForceDetach_Cgroup_LeavesALinkThatIsAttachedToNothing()
    {
        using BpfLink link = BpfLink.AttachCgroup(_fixture.Program("on_socket"), _cgroup.Path);
        if (!link.HasKernelLink)
        {
            Assert.Throws<InvalidOperationException>(link.ForceDetach);
            return;
        }

        link.ForceDetach();
        SendConnected();

        Assert.Equal(0UL, _fixture.Hits);
        Assert.Equal(BpfLinkType.Cgroup, link.GetInfo().Type);
    }

    [Fact]
    public void AttachCgroup_NoCgroup_SaysWhatIsExpected()
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachCgroup(_fixture.Program("on_socket"), "/proc"));

        Assert.Contains("cgroup version 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachIterator_OneCgroup_IsShownOnce()
    {
        if (!LiveFeature.CgroupIterator)
        {
            LiveFeature.AssertRefused(() => _fixture.Program("on_cgroup"), "cgroup");
            return;
        }

        IteratorTarget target = IteratorTarget.Cgroup(_cgroup.Path, CgroupOrder.SelfOnly);
        using BpfIterator iterator = BpfLink.AttachIterator(_fixture.Program("on_cgroup"), target);
        using Stream run = iterator.Open();

        Assert.Equal(sizeof(ulong), run.ReadAtLeast(new byte[64], 64, throwOnEndOfStream: false));
    }

    // One socket, one connect and one packet each.
    private static void SendConnected()
    {
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            sender.Connect(IPAddress.Loopback, 9);
            sender.Send(new byte[8]);
        }
    }

    private static void Bind()
    {
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }
    }

    private static void Connect()
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(server.LocalEndPoint!);
            server.Accept().Dispose();
        }
    }
}
