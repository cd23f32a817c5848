using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>A latency that is known before it is measured: the first SYN is lost and sent again after one second.</summary>
public sealed class KnownLatencyTests(TestNetwork network) : LiveTest(network)
{
    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void FirstSynDropped_GivesBetween1000And1100Milliseconds(string way)
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("--attach", way);
        List<(ClientConnect Connect, Route Route)> made = [];

        foreach (Route route in (Route[])[TestNetwork.VethIPv4, TestNetwork.VethIPv6])
        {
            using var rules = PacketFilter.DropFirstSyn(Network.Wire.Server, server.Port);
            made.Add((client.Connect("nonblocking", route.Remote, server.Port), route));
            Assert.Equal(1, rules.CountSeen());
        }

        Assert.Equal(0, tool.Stop().Code);
        Row[] rows = tool.RowsOf(client.Id);
        Assert.Equal(made.Count, rows.Length);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join("\n", [.. rows, .. made.Select(one => one.Connect)]));
        Assert.All(rows, row => Assert.InRange(row.Milliseconds, 1000, 1100));
        foreach ((ClientConnect connect, Route route) in made)
        {
            AssertIsRowOf(Assert.Single(rows, row => row.Destination.Equals(route.Remote)), connect, route);
        }
    }
}
