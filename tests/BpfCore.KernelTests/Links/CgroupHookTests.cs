using System.Net;
using System.Net.Sockets;
using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>Each hook of cgroups, with something that a process of the cgroup does to make it run.</summary>
public sealed class CgroupHookTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "hooks.bpf.o");
    private readonly PrivateCgroup _cgroup = new();

    public void Dispose()
    {
        _cgroup.Dispose();
        _fixture.Dispose();
    }

    [Theory]
    [InlineData("on_cgroup_skb_ingress")]
    [InlineData("on_cgroup_skb_egress")]
    [InlineData("on_sock_create")]
    [InlineData("on_sock_release")]
    [InlineData("on_bind4")]
    [InlineData("on_bind6")]
    [InlineData("on_post_bind4")]
    [InlineData("on_post_bind6")]
    [InlineData("on_connect4")]
    [InlineData("on_connect6")]
    [InlineData("on_connect_unix")]
    [InlineData("on_sendmsg4")]
    [InlineData("on_sendmsg6")]
    [InlineData("on_sendmsg_unix")]
    [InlineData("on_recvmsg4")]
    [InlineData("on_recvmsg6")]
    [InlineData("on_recvmsg_unix")]
    [InlineData("on_getpeername4")]
    [InlineData("on_getpeername6")]
    [InlineData("on_getpeername_unix")]
    [InlineData("on_getsockname4")]
    [InlineData("on_getsockname6")]
    [InlineData("on_getsockname_unix")]
    [InlineData("on_sysctl")]
    [InlineData("on_getsockopt")]
    [InlineData("on_setsockopt")]
    [InlineData("on_device")]
    public void AttachCgroup_Hook_SeesWhatItsProcessesDoUntilDisposed(string program)
    {
        if (!LiveFeature.HasHook(AttachTypeOf(program)))
        {
            LiveFeature.AssertRefused(() => _fixture.Program(program), program);
            return;
        }

        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.AttachCgroup(_fixture.Program(program), _cgroup.Path), () => Happen(program));
    }

    private static void Happen(string program)
    {
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            switch (program)
            {
                case "on_sysctl":
                    File.ReadAllText("/proc/sys/kernel/ostype");
                    break;
                case "on_device":
                    File.OpenHandle("/dev/zero").Dispose();
                    break;
                case "on_getsockopt" or "on_setsockopt":
                    SetAndGetOption();
                    break;
                default:
                    Exchange(program.EndsWith("_unix", StringComparison.Ordinal) ? AddressFamily.Unix
                        : program.EndsWith('6') ? AddressFamily.InterNetworkV6
                        : AddressFamily.InterNetwork);
                    break;
            }
        }
    }

    private static void SetAndGetOption()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveBufferSize = 65536;
        _ = socket.ReceiveBufferSize;
    }

    // Everything that a pair of datagram sockets does: bind, connect, names, send and receive with an address.
    private static void Exchange(AddressFamily family)
    {
        ProtocolType protocol = family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Udp;
        using Socket receiver = new(family, SocketType.Dgram, protocol);
        using Socket sender = new(family, SocketType.Dgram, protocol);
        using Socket connected = new(family, SocketType.Dgram, protocol);
        receiver.Bind(AddressOf(family, "r"));
        sender.Bind(AddressOf(family, "s"));
        EndPoint receiving = receiver.LocalEndPoint!;
        byte[] data = new byte[8];
        sender.SendTo(data, receiving);
        EndPoint from = sender.LocalEndPoint!;
        receiver.ReceiveFrom(data, ref from);
        connected.Connect(receiving);
        DatagramNames.Ask(connected);
    }

    // Of Unix sockets those without a file: an abstract name.
    private static EndPoint AddressOf(AddressFamily family, string role) => family switch
    {
        AddressFamily.Unix => new UnixDomainSocketEndPoint($"\0bpfcore-tests-{Environment.ProcessId}-{role}"),
        AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Loopback, 0),
        _ => new IPEndPoint(IPAddress.Loopback, 0),
    };

    private BpfCore.Specs.AttachType AttachTypeOf(string program) =>
        _fixture.Spec.Programs[program].ExpectedAttachType;
}
