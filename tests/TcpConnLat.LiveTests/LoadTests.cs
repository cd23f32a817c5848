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
        using LoadProcess load = LoadProcess.Rate(
            Network.Wire.Client, TestNetwork.VethIPv4.Remote, server.Port, SteadyCount, SteadyPerSecond);
        using var tool = TcpConnLatProcess.Start("-L");

        LoadReport report = load.Run();

        StartMap.AssertBecomesEmpty(tool.Id);
        Assert.Equal(0, tool.Stop().Code);
        Assert.Empty(tool.ErrorLines);
        Assert.Equal(SteadyCount, report.Connected);
        Row[] rows = tool.RowsOf(load.Id);
        Assert.Equal(SteadyCount, rows.Length);
        AssertRowsInOrder(rows, report.Connects);
    }

    [Fact]
    public void Burst_RowsAndReportedLossesAddUpToTheConnects()
    {
        using NetworkNamespace home = NetworkNamespace.Create("burst");
        home.SetKernelParameter("net/core/somaxconn", "4096");
        home.SetKernelParameter("net/ipv4/ip_local_port_range", "'1024 65535'");
        using LoadServer server = LoadServer.Start(home);
        using LoadProcess load = LoadProcess.Burst(
            home, TestNetwork.LoopbackIPv4.Remote, server.Port, BurstCount, BurstThreads);
        using var tool = TcpConnLatProcess.Start("-p", $"{load.Id}");

        LoadReport report = load.Run();

        Assert.Equal(0, StartMap.Count(tool.Id));
        Assert.Equal(0, tool.Stop().Code);
        Assert.Equal(BurstCount, report.Answered);
        int rows = tool.Rows.Count();
        long lost = tool.ReportedLosses;
        TestContext.Current.TestOutputHelper!.WriteLine($"{report.Summary}; rows {rows}, lost {lost}");
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
