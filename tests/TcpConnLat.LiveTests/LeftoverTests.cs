using System.Diagnostics;
using System.Net;
using TcpConnLat.LiveTests.Harness;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>The kernel keeps nothing of the tool once it has ended.</summary>
public sealed class LeftoverTests(TestNetwork network) : LiveTest(network)
{
    private const int ClosedPort = 9;
    private const int KilledCode = 128 + 9;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    [Theory]
    [MemberData(nameof(WorkingWays))]
    public void Stopped_LeavesNoProgramMapOrLink(string way)
    {
        using var tool = TcpConnLatProcess.Start("--attach", way);
        BpfObjectId[] held = BpfObjectId.HeldBy(tool.Id);
        AssertHasAllKinds(held);

        Assert.Equal(0, tool.Stop().Code);

        AssertVanish(held);
    }

    [Fact]
    public void Killed_LeavesNothingAndTheNextRunWorks()
    {
        using var killed = TcpConnLatProcess.Start();
        BpfObjectId[] held = BpfObjectId.HeldBy(killed.Id);
        AssertHasAllKinds(held);

        Assert.Equal(KilledCode, killed.Signal(LibC.SIGKILL).Code);

        AssertVanish(held);
        using LoadClient client = LoadClient.Start();
        using var next = TcpConnLatProcess.Start();
        ClientConnect connect = client.Connect("blocking", IPAddress.Loopback, ClosedPort);
        Assert.Equal(0, next.Stop().Code);
        AssertIsRowOf(Assert.Single(next.RowsOf(client.Id)), connect, TestNetwork.LoopbackIPv4);
    }

    [Fact]
    public void StartMap_HoldsAConnectOnlyWhileItWaits()
    {
        const int Port = 7300;
        using var rules = PacketFilter.Add(Network.Wire.Server, $"tcp dport {Port} drop");
        using LoadClient client = LoadClient.Start(Network.Wire.Client);
        using var tool = TcpConnLatProcess.Start("-p", $"{client.Id}");
        Assert.Equal(0, StartMap.Count(tool.Id));

        Thread connecting = new(
            () => client.Connect("abandon", TestNetwork.VethIPv4.Remote, Port, "hold=1000"));
        connecting.Start();
        Assert.True(SpinWait.SpinUntil(() => StartMap.Count(tool.Id) == 1, TimeSpan.FromMilliseconds(900)));
        connecting.Join();

        Assert.Equal(0, StartMap.Count(tool.Id));
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.Rows);
    }

    private static void AssertHasAllKinds(BpfObjectId[] held) =>
        Assert.All(Enum.GetValues<BpfObjectKind>(), kind => Assert.Contains(held, id => id.Kind == kind));

    // The kernel frees them after a grace period.
    private static void AssertVanish(BpfObjectId[] held)
    {
        var clock = Stopwatch.StartNew();
        while (held.Any(BpfCalls.Exists) && clock.Elapsed < s_patience)
        {
            Thread.Sleep(20);
        }

        Assert.DoesNotContain(held, BpfCalls.Exists);
    }
}
