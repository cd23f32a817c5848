using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>A latency known before it is measured: the first SYN is lost and sent again after a second.</summary>
public sealed class KnownLatencyTests(TestNetwork network) : LiveTest(network)
{
    // Linux starts with a retransmission timeout of one second (RFC 6298); its timers may be 6 % late. It is counted in
    // ticks, which lag behind the clock where the machine was too busy for one when the SYN went out: then less is left.
    private const int Shortest = 990;
    private const int Longest = 1100;
    private const int Attempts = 3;

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void FirstSynDropped_GivesTheSecondOfTheTimeout(string way)
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("--attach", way, "-L");

        (ClientConnect Connect, Route Route)[] made =
        [
            .. ConnectUntilInTime(client, TestNetwork.VethIPv4, server.Port),
            .. ConnectUntilInTime(client, TestNetwork.VethIPv6, server.Port),
        ];

        Assert.Equal(0, tool.Stop().Code);
        Row[] rows = tool.RowsOf(client.Id);
        Assert.Equal(made.Length, rows.Length);
        foreach ((Row row, (ClientConnect connect, Route route)) in rows.OrderBy(RowKey).Zip(made.OrderBy(ConnectKey)))
        {
            AssertIsRowOf(row, connect, route);
            Assert.InRange(row.Milliseconds, Shortest, Math.Max(Longest, connect.Milliseconds));
        }

        Assert.Contains(rows, row => row is { IpVersion: 4, Milliseconds: <= Longest });
        Assert.Contains(rows, row => row is { IpVersion: 6, Milliseconds: <= Longest });
    }

    private static (int, int) RowKey(Row row) => (row.IpVersion, row.LocalPort!.Value);

    private static (int, int) ConnectKey((ClientConnect Connect, Route Route) made) =>
        (made.Route == TestNetwork.VethIPv4 ? 4 : 6, made.Connect.Local.Port);

    // A machine too busy to run its timers makes the connect itself take longer, as the client sees too: once more.
    private IEnumerable<(ClientConnect Connect, Route Route)> ConnectUntilInTime(
        LoadClient client, Route route, int port)
    {
        for (int i = 0; i < Attempts; i++)
        {
            using var rules = PacketFilter.DropFirstSyn(Network.Wire.Server, port);
            ClientConnect connect = client.Connect("nonblocking", route.Remote, port);
            Assert.Equal(1, rules.CountSeen());
            yield return (connect, route);
            if (connect.Milliseconds <= Longest)
            {
                yield break;
            }
        }
    }
}
