using System.Diagnostics;
using System.Net;
using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>Options select and print what they say.</summary>
public sealed class SelectionTests(TestNetwork network) : LiveTest(network)
{
    private const int ClosedPort = 9;

    private static readonly IPAddress s_ipv4 = IPAddress.Loopback;
    private static readonly IPAddress s_ipv6 = IPAddress.IPv6Loopback;

    [Theory]
    [InlineData("tp_btf")]
    [InlineData("raw_tp")]
    public void Pid_ShowsThatProcessOnly(string way)
    {
        using LoadClient wanted = LoadClient.Start();
        using LoadClient other = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("--attach", way, "-p", $"{wanted.Id}");

        other.Connect("blocking", s_ipv4, ClosedPort);
        ClientConnect connect = wanted.Connect("blocking", s_ipv4, ClosedPort);
        other.Connect("blocking", s_ipv6, ClosedPort);

        Assert.Equal(0, tool.Stop().Code);
        AssertIsRowOf(Assert.Single(tool.Rows), connect, TestNetwork.LoopbackIPv4);
    }

    [Theory]
    [InlineData("-4", "4 4")]
    [InlineData("-6", "6")]
    public void IpVersion_ShowsConnectsOfThatVersionOnTheWire(string option, string versions)
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start(option);

        client.Connect("blocking", s_ipv4, ClosedPort);
        client.Connect("blocking", s_ipv6, ClosedPort);
        client.Connect("blocking", Mapped(s_ipv4), ClosedPort);

        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(versions, string.Join(' ', tool.RowsOf(client.Id).Select(row => row.IpVersion)));
    }

    [Fact]
    public void Minimum_ShowsConnectsThatTookAtLeastThatLong()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var rules = PacketFilter.DropFirstSyn(Network.Wire.Server, server.Port);
        using var tool = TcpConnLatProcess.Start("999.5");

        ClientConnect slow = client.Connect("blocking", TestNetwork.VethIPv4.Remote, server.Port);
        ClientConnect fast = client.Connect("blocking", TestNetwork.VethIPv4.Remote, server.Port);

        Assert.True(fast.Milliseconds < 999.5m, $"{fast.Milliseconds} ms is no fast connect");
        Assert.Equal(0, tool.Stop().Code);
        AssertIsRowOf(Assert.Single(tool.RowsOf(client.Id)), slow, TestNetwork.VethIPv4);
    }

    [Fact]
    public void Minimum_AboveEveryConnect_ShowsNoneAndKeepsNone()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("60000");

        client.Connect("blocking", s_ipv4, ClosedPort);

        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.RowsOf(client.Id));
    }

    [Fact]
    public void NoOptions_ShowNeitherTimeNorLocalPort()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start();

        ClientConnect connect = client.Connect("blocking", s_ipv6, ClosedPort);

        Assert.Equal(0, tool.Stop().Code);
        Row row = Assert.Single(tool.RowsOf(client.Id));
        AssertIsRowOf(row, connect, TestNetwork.LoopbackIPv6);
        Assert.Null(row.Seconds);
        Assert.Null(row.LocalPort);
    }

    [Fact]
    public void Timestamp_CountsSecondsFromTheFirstRow()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("-t", "-p", $"{client.Id}");

        client.Connect("blocking", s_ipv4, ClosedPort);
        var clock = Stopwatch.StartNew();
        Thread.Sleep(300);
        TimeSpan atLeast = clock.Elapsed;
        client.Connect("blocking", s_ipv4, ClosedPort);

        Assert.Equal(0, tool.Stop().Code);
        decimal[] times = [.. tool.Rows.Select(row => row.Seconds!.Value)];
        Assert.Equal(2, times.Length);
        Assert.Equal(0, times[0]);
        Assert.InRange(times[1], (decimal)atLeast.TotalSeconds - 0.001m, (decimal)atLeast.TotalSeconds + 1);
    }

    [Fact]
    public void Count_EndsAfterThatManyRows()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("-c", "3", "-p", $"{client.Id}");

        for (int i = 0; i < 5; i++)
        {
            client.Connect("blocking", s_ipv4, ClosedPort);
        }

        Assert.Equal(0, tool.WaitForExit().Code);
        Assert.Equal(3, tool.Rows.Count());
        Assert.Empty(tool.ErrorLines);
    }

    [Fact]
    public void Duration_EndsAfterThatTime()
    {
        var latest = TimeSpan.FromSeconds(1.5);
        ProcessExit exit = Punctual.End(latest, static () =>
        {
            using var tool = TcpConnLatProcess.Start("--duration", "1");
            ProcessExit ended = tool.WaitForExit();
            Assert.Empty(tool.ErrorLines);
            return ended;
        });

        Assert.Equal(0, exit.Code);
        Assert.InRange(exit.Elapsed, TimeSpan.FromSeconds(0.8), latest);
    }
}
