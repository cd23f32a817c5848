using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>Nothing is lost in silence.</summary>
public sealed class LoadTests(TestNetwork network) : LiveTest(network)
{
    private const int SteadyCount = 2_000;
    private const int SteadyPerSecond = 200;
    private const int BurstCount = 20_000;
    private const int BurstThreads = 4;

    [Fact]
    public void SteadyRate_GivesOneRowForEachConnect()
    {
        using LoadServer server = LoadServer.Start(Network.Wire.Server);
        using var tool = TcpConnLatProcess.Start("-L");

        LoadRun run = LoadRun.Rate(
            Network.Wire.Client, Wire.ServerIPv4, server.Port, SteadyCount, SteadyPerSecond);

        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.ErrorLines);
        Assert.Equal(SteadyCount, run.Connected);
        Row[] rows = tool.RowsOf(run.ProcessId);
        Assert.Equal(SteadyCount, rows.Length);
        AssertRowsInOrder(rows, run.Connects);
    }

    [Fact]
    public void Burst_RowsAndReportedLossesAddUpToTheConnects()
    {
        using NetworkNamespace home = NetworkNamespace.Create("burst");
        home.SetKernelParameter("net/core/somaxconn", "4096");
        home.SetKernelParameter("net/ipv4/ip_local_port_range", "'1024 65535'");
        using LoadServer server = LoadServer.Start(home);
        using var tool = TcpConnLatProcess.Start();

        LoadRun run = LoadRun.Burst(
            home, TestNetwork.LoopbackIPv4.Remote, server.Port, BurstCount, BurstThreads);

        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(BurstCount, run.Answered);
        int rows = tool.RowsOf(run.ProcessId).Length;
        long lost = tool.ReportedLosses;
        TestContext.Current.TestOutputHelper!.WriteLine($"{run.Summary}; rows {rows}, lost {lost}");
        Assert.Equal(BurstCount, rows + lost);
    }

    private static void AssertRowsInOrder(Row[] rows, IReadOnlyList<ClientConnect> connects)
    {
        Dictionary<int, Queue<Row>> rowsByPort = rows
            .GroupBy(row => row.LocalPort!.Value)
            .ToDictionary(group => group.Key, group => new Queue<Row>(group));
        foreach (ClientConnect connect in connects)
        {
            Row row = rowsByPort[connect.Local.Port].Dequeue();
            AssertIsRowOf(row, connect, TestNetwork.VethIPv4);
        }
    }
}
