using System.Net;
using System.Net.Sockets;
using BpfCore.Links;
using BpfCore.Maps;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class SockMapLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "hooks.bpf.o");
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _accepted;

    public SockMapLinkTests()
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        _client.Connect(server.LocalEndPoint!);
        _accepted = server.Accept();
    }

    private BpfMap Sockets => _fixture.Object.Maps["sockets"];

    public void Dispose()
    {
        _client.Dispose();
        _accepted.Dispose();
        _fixture.Dispose();
    }

    [Theory]
    [InlineData("on_message")]
    [InlineData("on_stream")]
    [InlineData("on_verdict")]
    public void AttachSockMap_Hook_SeesWhatIsSentUntilDisposed(string program)
    {
        if (!LiveFeature.HasHook(_fixture.Spec.Programs[program].ExpectedAttachType))
        {
            LiveFeature.AssertRefused(() => BpfLink.AttachSockMap(_fixture.Program(program), Sockets), program);
            return;
        }

        using BpfLink link = BpfLink.AttachSockMap(_fixture.Program(program), Sockets);
        Assert.Equal(LiveFeature.SockMapLinks, link.HasKernelLink);
        Add(program == "on_message" ? _client : _accepted);

        for (int i = 0; i < LinkFixture.Times; i++)
        {
            Send();
        }

        link.Dispose();
        ulong seen = _fixture.Hits;
        Sockets.TryDelete(BitConverter.GetBytes(0u));
        Send();

        Assert.Equal((ulong)LinkFixture.Times, seen);
        Assert.Equal(seen, _fixture.Hits);
    }

    [Fact]
    public void AttachSockMap_ParserAndVerdict_SeeEachMessageUntilDisposed()
    {
        BpfLink parser = BpfLink.AttachSockMap(_fixture.Program("on_parser"), Sockets);
        BpfLink verdict = BpfLink.AttachSockMap(_fixture.Program("on_stream"), Sockets);
        Add(_accepted);

        for (int i = 0; i < LinkFixture.Times; i++)
        {
            Send();
        }

        ulong seen = _fixture.Hits;
        Sockets.TryDelete(BitConverter.GetBytes(0u)); // a socket of the map keeps its programs
        verdict.Dispose();
        parser.Dispose();
        Add(_accepted);
        Send();

        Assert.Equal(2UL * LinkFixture.Times, seen);
        Assert.Equal(seen, _fixture.Hits);
    }

    [Fact]
    public void AttachSockMap_OtherMap_SaysWhatIsExpected()
    {
        SyscallException e = Assert.Throws<SyscallException>(
            () => BpfLink.AttachSockMap(_fixture.Program("on_message"), _fixture.Object.Maps[".bss"]));

        Assert.Contains("the map holds no sockets", e.Message, StringComparison.Ordinal);
    }

    private void Add(Socket socket) =>
        Sockets.Update(BitConverter.GetBytes(0u), BitConverter.GetBytes((ulong)socket.Handle));

    // One message at a time: the next is sent after the last was received.
    private void Send()
    {
        byte[] data = new byte[4];
        _client.Send(data);
        _accepted.Receive(data);
    }
}
