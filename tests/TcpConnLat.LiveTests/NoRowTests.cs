using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>A connect that was not answered gives no row; one that was, by whatever the answer, gives one.</summary>
public sealed class NoRowTests(TestNetwork network) : LiveTest(network)
{
    private const int Port = 7100;
    private const int ClientPort = 7200;

    // The connect has begun by then, and by itself the SYN is sent again only after a second.
    private const int SynSentMilliseconds = 200;
    private const int ConnectDelayMilliseconds = 100;

    private static readonly Route s_route = TestNetwork.VethIPv4;

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void Timeout_GivesNoRow(string way)
    {
        using var rules = PacketFilter.Add(Network.Wire.Server, $"tcp dport {Port} counter name seen drop");

        AssertNoRow(way, ClientConnect.TimedOut, client => client.Connect("blocking", s_route.Remote, Port));

        // How often the SYN is sent depends on the kernel (tcp_syn_linear_timeouts of Linux 6.5).
        Assert.InRange(rules.CountSeen(), 2, 6);
    }

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void CloseWhileWaiting_GivesNoRow(string way)
    {
        using var rules = PacketFilter.Add(Network.Wire.Server, $"tcp dport {Port} counter name seen drop");

        AssertNoRow(
            way, ClientConnect.InProgress, client => client.Connect("abandon", s_route.Remote, Port, "hold=50"));

        Assert.Equal(1, rules.CountSeen());
    }

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void RejectByIcmp_GivesNoRow(string way)
    {
        using var rules = PacketFilter.Add(
            Network.Wire.Server, $"tcp dport {Port} counter name seen reject with icmpx type port-unreachable");

        AssertNoRow(way, ClientConnect.Refused, client => client.Connect("blocking", s_route.Remote, Port));

        Assert.InRange(rules.CountSeen(), 1, 2);
    }

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void StrayAck_GivesNoRow(string way)
    {
        using var rules = PacketFilter.Add(
            Network.Wire.Server,
            $"tcp dport {Port} tcp flags rst counter name seen drop",
            $"tcp dport {Port} drop");

        AssertNoRow(way, ClientConnect.TimedOut, client => ConnectWithStrayAck(client, Port));

        // SYN_SENT answers an unacceptable ACK with an RST: it was received there, and the state stayed.
        Assert.Equal(1, rules.CountSeen());
    }

    [Fact]
    public void StrayAckBeforeAnswer_GivesOneRowThatEndsWithTheAnswer()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using var rules = PacketFilter.DropFirstSyn(Network.Wire.Server, server.Port);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("-L");

        ClientConnect connect = ConnectWithStrayAck(client, server.Port);

        Assert.Equal(ClientConnect.Connected, connect.Errno);
        Assert.Equal(0, tool.Stop().Code);
        Row row = Assert.Single(tool.RowsOf(client.Id));
        AssertIsRowOf(row, connect, s_route);

        // The stray ACK came that late, and the answer after it: Linux then sends the SYN again without delay.
        Assert.InRange(row.Milliseconds, SynSentMilliseconds - ConnectDelayMilliseconds, 1100);
    }

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void RejectByTcpReset_GivesRow(string way)
    {
        using var rules = PacketFilter.Add(
            Network.Wire.Server, $"tcp dport {Port} counter name seen reject with tcp reset");
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("--attach", way, "-L");

        ClientConnect connect = client.Connect("blocking", s_route.Remote, Port);

        Assert.Equal(ClientConnect.Refused, connect.Errno);
        Assert.Equal(0, tool.Stop().Code);
        AssertIsRowOf(Assert.Single(tool.RowsOf(client.Id)), connect, s_route);
        Assert.Equal(1, rules.CountSeen());
    }

    // A refused connect afterwards proves that the tool was watching this client.
    private void AssertNoRow(string way, int errno, Func<LoadClient, ClientConnect> connect)
    {
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("--attach", way, "-L");

        ClientConnect unanswered = connect(client);
        ClientConnect answered = client.Connect("blocking", s_route.Remote, Port + 1);

        Assert.Equal(errno, unanswered.Errno);
        Assert.Equal(ClientConnect.Refused, answered.Errno);
        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.ErrorLines);
        AssertIsRowOf(Assert.Single(tool.RowsOf(client.Id)), answered, s_route);
    }

    private ClientConnect ConnectWithStrayAck(LoadClient client, int port)
    {
        var stray = Task.Run(() => SendStrayAck(port));
        ClientConnect connect =
            client.Connect("blocking", s_route.Remote, port, $"from={s_route.Local}:{ClientPort}");
        stray.GetAwaiter().GetResult();
        return connect;
    }

    private void SendStrayAck(int port)
    {
        Thread.Sleep(SynSentMilliseconds);
        Network.Wire.Server.Run(
            () => ForgedSegment.SendStrayAck(new(s_route.Remote, port), new(s_route.Local, ClientPort)));
    }
}
