using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>The ways see the same connects and measure the same.</summary>
/// <remarks>
/// tp_btf and raw_tp hang at one tracepoint. At each change of state the program attached first runs first, so the
/// span of the other one ends later by the time the first one takes to write its event. Attached in both orders, that
/// time shows with either sign, and the mean of the two is what the ways themselves differ by.
/// </remarks>
public sealed class WaysAgreeTests(TestNetwork network) : LiveTest(network)
{
    private const int ConnectCount = 300;

    // In ms. The resolution of a row, and what an event written in between may typically cost.
    private const decimal WayBound = 0.01m;
    private const decimal OrderBound = 0.1m;

    [Fact]
    public void TpBtfAndRawTp_AtTheSameTime_DifferByAtMostTenMicroseconds()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);

        decimal rawIsLaterBy = MedianDelay(client, server.Port, first: "tp_btf", second: "raw_tp");
        decimal typedIsLaterBy = MedianDelay(client, server.Port, first: "raw_tp", second: "tp_btf");

        decimal ways = (rawIsLaterBy - typedIsLaterBy) / 2;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"raw_tp - tp_btf in ms: {rawIsLaterBy} if tp_btf is first, {-typedIsLaterBy} if raw_tp is; mean {ways}");
        Assert.InRange(rawIsLaterBy, -WayBound, OrderBound);
        Assert.InRange(typedIsLaterBy, -WayBound, OrderBound);
        Assert.InRange(ways, -WayBound, WayBound);
    }

    private static decimal MedianDelay(LoadClient client, int port, string first, string second)
    {
        using var early = TcpConnLatProcess.Start("--attach", first, "-L", "-p", $"{client.Id}");
        using var late = TcpConnLatProcess.Start("--attach", second, "-L", "-p", $"{client.Id}");
        for (int i = 0; i < ConnectCount; i++)
        {
            client.Connect("blocking", TestNetwork.VethIPv4.Remote, port);
        }

        Assert.Equal(0, early.Stop().Code);
        Assert.Equal(0, late.Stop().Code);
        return Delays([.. early.Rows], [.. late.Rows])[ConnectCount / 2];
    }

    // Smallest first. No port comes twice in so few connects, or the check of the ports would fail.
    private static decimal[] Delays(Row[] early, Row[] late)
    {
        Row[] earlyByPort = [.. early.DistinctBy(row => row.LocalPort).OrderBy(row => row.LocalPort)];
        Row[] lateByPort = [.. late.DistinctBy(row => row.LocalPort).OrderBy(row => row.LocalPort)];
        Assert.Equal(ConnectCount, earlyByPort.Length);
        Assert.Equal(earlyByPort.Select(row => row.LocalPort), lateByPort.Select(row => row.LocalPort));
        return [.. earlyByPort.Zip(lateByPort, (one, other) => other.Milliseconds - one.Milliseconds).Order()];
    }
}
