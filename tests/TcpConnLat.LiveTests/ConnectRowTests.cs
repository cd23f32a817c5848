using System.Net;
using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>One connect, one row, exact in every column.</summary>
public sealed class ConnectRowTests(TestNetwork network) : LiveTest(network)
{
    private const int ClosedPort = 9;

    // One nanosecond: every row that appears is above zero, and a row of zero would be missed.
    private const string AboveZero = "0.000001";

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void Connects_OverLoopback_GiveOneExactRowEach(string way)
    {
        using LoadServer server = LoadServer.Start();
        using LoadClient client = LoadClient.Start();

        AssertRows(way, client, server.Port, TestNetwork.LoopbackIPv4, TestNetwork.LoopbackIPv6);
    }

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void Connects_OverVethIntoNamespace_GiveOneExactRowEach(string way)
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);

        AssertRows(way, client, server.Port, TestNetwork.VethIPv4, TestNetwork.VethIPv6);
    }

    [Fact]
    public void Connect_FromThreadWithLongNameAndSpace_ShowsItsFirst12Bytes()
    {
        using LoadServer server = LoadServer.Start();
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start();

        client.SetComm("a b-conn ect worker");
        ClientConnect connect = client.Connect("blocking", IPAddress.Loopback, server.Port);

        Assert.Equal("a b-conn ect wo", connect.Comm);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal("a b-conn ect", Assert.Single(tool.RowsOf(client.Id)).Comm);
    }

    [Fact]
    public void Connect_ToItself_GivesOneRow()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("-L");

        ClientConnect connect = client.Connect("self", IPAddress.Loopback, 0);

        Assert.Equal(ClientConnect.Connected, connect.Errno);
        Assert.Equal(0, tool.Stop().Code);
        Row row = Assert.Single(tool.RowsOf(client.Id));
        AssertIsRowOf(row, connect, TestNetwork.LoopbackIPv4);
        Assert.Equal(row.DestinationPort, row.LocalPort);
    }

    private static void AssertRows(string way, LoadClient client, int port, Route ipv4, Route ipv6)
    {
        using var tool = TcpConnLatProcess.Start("--attach", way, "-t", "-L", AboveZero);
        List<(ClientConnect Connect, Route Route)> made =
        [
            .. ConnectAll(client, port, ClientConnect.Connected, ipv4, ipv6),
            .. ConnectAll(client, ClosedPort, ClientConnect.Refused, ipv4, ipv6),
        ];

        ProcessExit exit = tool.Stop();

        Assert.Equal(0, exit.Code);
        Assert.Empty(tool.ErrorLines);
        Row[] rows = tool.RowsOf(client.Id);
        Assert.Equal(made.Count, rows.Length);
        foreach ((ClientConnect connect, Route route) in made)
        {
            Row row = Assert.Single(rows, row => row.LocalPort == connect.Local.Port && IsTo(row, connect, route));
            AssertIsRowOf(row, connect, route);
        }
    }

    private static bool IsTo(Row row, ClientConnect connect, Route route) =>
        row.DestinationPort == connect.Remote.Port && row.Destination.Equals(route.Remote);

    // Also from a port the program bound itself: the kernel treats such a port differently when it is refused.
    private static List<(ClientConnect Connect, Route Route)> ConnectAll(
        LoadClient client, int port, int errno, Route ipv4, Route ipv6)
    {
        List<(ClientConnect Connect, Route Route)> made = [];
        int boundPort = port == ClosedPort ? 4000 : 4100;
        foreach (string kind in (string[])["blocking", "nonblocking"])
        {
            boundPort++;
            made.Add((client.Connect(kind, ipv4.Remote, port), ipv4));
            made.Add((client.Connect(kind, ipv6.Remote, port), ipv6));
            made.Add((client.Connect(kind, Mapped(ipv4.Remote), port), ipv4));
            made.Add((client.Connect(kind, ipv4.Remote, port, $"from={ipv4.Local}:{boundPort}"), ipv4));
            made.Add((client.Connect(kind, ipv6.Remote, port, $"from=[{ipv6.Local}]:{boundPort}"), ipv6));
        }

        Assert.All(made, one => Assert.Equal(errno, one.Connect.Errno));
        return made;
    }
}
