using TcpConnLat.LiveTests.Harness;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>What cannot be shown is counted and said.</summary>
public sealed class LossTests(TestNetwork network) : LiveTest(network)
{
    // Several times what the rings of a few CPUs hold: 64 pages each, some 2,700 events.
    private const int Connects = 20_000;

    // MAX_CONNECTS_IN_FLIGHT of bpf/tcpconnlat.bpf.c, and some more.
    private const int MapCapacity = 16_384;
    private const int HeldConnects = 17_000;

    [Fact]
    public void FullPerfBuffer_IsCountedAndReported()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using LoadProcess load = LoadProcess.Burst(
            Network.Wire.Client, TestNetwork.VethIPv4.Remote, server.Port, Connects, threads: 1);
        using var tool = TcpConnLatProcess.Start("-p", $"{load.Id}");

        // Nobody empties the rings while the tool is stopped.
        tool.Send(LibC.SIGSTOP);
        LoadReport report = load.Run();
        tool.Send(LibC.SIGCONT);

        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(Connects, report.Answered);
        long lost = tool.ReportedLosses;
        Assert.InRange(lost, 1, Connects - 1);
        Assert.Equal(Connects, tool.Rows.Count() + lost);
    }

    [Fact]
    public void FullStartMap_IsCountedAndReported()
    {
        const int Port = 7400;
        using var rules = PacketFilter.Add(Network.Wire.Server, $"tcp dport {Port} drop");
        using IDisposable patience = Network.Wire.WaitLongForAnswers();
        using LoadProcess load =
            LoadProcess.Hold(Network.Wire.Client, TestNetwork.VethIPv4.Remote, Port, HeldConnects);
        using var tool = TcpConnLatProcess.Start("-p", $"{load.Id}");

        load.Begin();
        int inFlight = StartMap.Count(tool.Id);
        load.End();

        Assert.Equal(MapCapacity, inFlight);
        Assert.Equal(0, StartMap.Count(tool.Id));
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.Rows);
        Assert.Equal(HeldConnects - MapCapacity, tool.ReportedLosses);
    }
}
