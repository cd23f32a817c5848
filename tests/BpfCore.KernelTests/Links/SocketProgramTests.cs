using System.Net;
using System.Net.Sockets;
using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class SocketProgramTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "hooks.bpf.o");
    private readonly Socket _receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public SocketProgramTests()
    {
        const int ReusePort = 15; // SO_REUSEPORT
        _receiver.SetRawSocketOption(1, ReusePort, BitConverter.GetBytes(1));
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public void Dispose()
    {
        _receiver.Dispose();
        _fixture.Dispose();
    }

    [Theory]
    [InlineData("on_socket_filter")]
    [InlineData("on_reuseport")]
    public void AttachSocket_Program_SeesEveryPacketUntilDisposed(string program) =>
        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachSocket(_fixture.Program(program), _receiver.SafeHandle), Send);

    [Fact]
    public void AttachSocket_SocketClosedBefore_DisposesWithoutHarm()
    {
        BpfLink link = BpfLink.AttachSocket(_fixture.Program("on_socket_filter"), _receiver.SafeHandle);
        Send();
        _receiver.Dispose();
        link.Dispose();

        Assert.Equal((ulong)LinkFixture.Times, _fixture.Hits);
        Assert.False(link.HasKernelLink);
    }

    [Fact]
    public void AttachSocket_ProgramOfAnotherType_SaysWhatIsExpected()
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachSocket(_fixture.Program("on_xdp"), _receiver.SafeHandle));

        Assert.Contains("the program's type is none of a socket", e.Message, StringComparison.Ordinal);
    }

    private void Send()
    {
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        byte[] data = new byte[8];
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            sender.SendTo(data, _receiver.LocalEndPoint!);
            _receiver.Receive(data);
        }
    }
}
