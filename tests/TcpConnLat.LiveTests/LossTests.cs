using TcpConnLat.LiveTests.Harness;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>What cannot be shown is counted and said.</summary>
public sealed class LossTests(TestNetwork network) : LiveTest(network)
{
    private const int Connects = 5_000;

    // More than MAX_CONNECTS_IN_FLIGHT, 16,384, by two processes: one may not open so many files.
    private const int HeldConnects = 2 * HeldByOne;
    private const int HeldByOne = 8_500;
    private const int MapCapacity = 16_384;

    [Fact]
    public void FullPerfBuffer_IsCountedAndReported()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using var tool = TcpConnLatProcess.Start();

        // Nobody empties the rings while the tool is stopped.
        tool.Send(LibC.SIGSTOP);
        LoadRun run = LoadRun.Burst(
            Network.Wire.Client, TestNetwork.VethIPv4.Remote, server.Port, Connects, threads: 2);
        tool.Send(LibC.SIGCONT);

        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(Connects, run.Answered);
        long lost = tool.ReportedLosses;
        Assert.InRange(lost, 1, Connects - 1);
        Assert.Equal(Connects, tool.RowsOf(run.ProcessId).Length + lost);
    }

    [Fact]
    public void FullStartMap_IsCountedAndReported()
    {
        const int Port = 7400;
        using var rules = PacketFilter.Add(Network.Wire.Server, $"tcp dport {Port} drop");
        using var tool = TcpConnLatProcess.Start();
        using (StartHolding(Port))
        using (StartHolding(Port))
        {
            Assert.Equal(MapCapacity, StartMap.Count(tool.Id));
        }

        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(HeldConnects - MapCapacity, tool.ReportedLosses);
    }

    private ChildProcess StartHolding(int port)
    {
        var holder = ChildProcess.Start(
            [.. Network.Wire.Client.Prologue, "dotnet", BuiltProgram.ConnectLoad,
            "hold", $"{TestNetwork.VethIPv4.Remote}", $"{port}", $"{HeldByOne}"]);
        Assert.True(holder.Output.WaitForLines(1, TimeSpan.FromSeconds(20)), holder.Errors.Text);
        return holder;
    }
}
