using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>
/// The ways see the same connects. tp_btf and raw_tp hang at one tracepoint and measure from and to the same two
/// changes of state, so that what differs is the time one program takes to run before the other, twice.
/// </summary>
public sealed class WaysAgreeTests(TestNetwork network) : LiveTest(network)
{
    private const int ConnectCount = 400;

    // As printed: two values that differ by less than 5 us may be printed 10 us apart.
    private const decimal TypicalBound = 0.01m;
    private const decimal LargestBound = 1m;

    [Fact]
    public void TpBtfAndRawTp_AtTheSameTime_GiveTheSameLatencies()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var typed = TcpConnLatProcess.Start("--attach", "tp_btf", "-L", "-p", $"{client.Id}");
        using var probed = TcpConnLatProcess.Start("--attach", "raw_tp", "-L", "-p", $"{client.Id}");

        for (int i = 0; i < ConnectCount; i++)
        {
            client.Connect("blocking", TestNetwork.VethIPv4.Remote, server.Port);
        }

        Assert.Equal(0, typed.Stop().Code);
        Assert.Equal(0, probed.Stop().Code);
        decimal[] differences = Differences([.. typed.Rows], [.. probed.Rows]);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"differences in ms: median {differences[ConnectCount / 2]}, p99 {differences[ConnectCount * 99 / 100]},"
            + $" largest {differences[^1]}");
        Assert.InRange(differences[ConnectCount * 95 / 100], 0, TypicalBound);
        Assert.InRange(differences[^1], 0, LargestBound);
    }

    // Smallest first. Rows of one process come in order, because one connect ends before the next begins.
    private static decimal[] Differences(Row[] typed, Row[] probed)
    {
        Assert.Equal(ConnectCount, typed.Length);
        Assert.Equal(ConnectCount, probed.Length);
        Assert.Equal(typed.Select(row => row.LocalPort).Order(), probed.Select(row => row.LocalPort).Order());
        return [.. typed.OrderBy(row => row.LocalPort)
            .Zip(probed.OrderBy(row => row.LocalPort), (one, other) => Math.Abs(one.Milliseconds - other.Milliseconds))
            .Order()];
    }
}
