using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>
/// A million distinct events, made in the kernel faster than any connects: each of them is a row or a reported loss,
/// whatever happens.
/// </summary>
public sealed class FloodTests(TestNetwork network) : LiveTest(network)
{
    private const int Million = 1_000_000;
    private const int WarmUp = 50_000;
    private const int SteadyPerSecond = 100_000;
    private const int Attempts = 3;
    private const int AllowedGrowthKilobytes = 1024;

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    [InlineData("64")]
    [InlineData("1000")]
    public void FullBlast_RowsAndReportedLossesAreTheEvents(string batch)
    {
        using var tool = FloodedTool.Start("--batch", batch);

        long refused = EventLoadProcess.Run(tool.Id, Million);

        AssertExact(tool, Million, refused);
    }

    [Theory]
    [InlineData("-t", "-L")]
    [InlineData("--batch", "64")]
    public void SteadyRate_EveryEventIsARowAndMemoryStaysWhereItWas(params string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var tool = FloodedTool.Start(arguments);
            long warmUp = BuiltProgram.IsPublished ? 0 : WarmUpOf(tool);
            int before = tool.ResidentKilobytes;
            long refused = EventLoadProcess.Run(tool.Id, Million, SteadyPerSecond);
            Assert.True(tool.WaitForRows(warmUp + Million - refused));
            int after = tool.ResidentKilobytes;

            TestContext.Current.TestOutputHelper!.WriteLine($"VmRSS {before} kB, then {after} kB");
            Assert.InRange(after - before, int.MinValue, AllowedGrowthKilobytes);

            // A machine that gives the tool no CPU for as long as a ring lasts: once more.
            if (refused == 0 || attempt == Attempts)
            {
                Assert.Equal(0, refused);
                tool.Stop();
                Assert.Equal(warmUp + Million, tool.Rows.Rows);
                Assert.Empty(tool.ErrorLines);
                return;
            }
        }
    }

    [Fact]
    public void SlowReaderOfThePipe_LosesButHidesNothing()
    {
        // 64 KiB in at least 10 ms are some 75,000 rows a second.
        using var tool = FloodedTool.Start(TimeSpan.FromMilliseconds(10));

        long refused = EventLoadProcess.Run(tool.Id, Million);

        Assert.InRange(refused, 1, Million);
        AssertExact(tool, Million, refused);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    public void SignalDuringTheFlood_EveryEventBeforeItIsARowOrCounted(string batch)
    {
        using var tool = FloodedTool.Start("--batch", batch);
        using var load = EventLoadProcess.Start(tool.Id, Million);
        Assert.True(tool.WaitForRows(10_000));

        tool.Stop();
        long refused = load.WaitForRefused();

        // What came after the end counts as refused too, but the tool cannot know it.
        Assert.InRange(LossReport.Sum(tool.ErrorLines), 0, refused);
        Assert.Equal(Million, tool.Rows.Rows + refused);
    }

    [Fact]
    public void CountDuringTheFlood_WhatComesAfterItIsSurplus()
    {
        const int Count = 1_000;
        using var tool = FloodedTool.Start("-c", $"{Count}", "-v");
        using var load = EventLoadProcess.Start(tool.Id, Million);

        tool.WaitForExit();
        long refused = load.WaitForRefused();

        Assert.Equal(Count, tool.Rows.Rows);
        Assert.Equal(Million, Count + LossReport.Surplus(tool.ErrorLines) + refused);
    }

    [Fact]
    public void CpuWithoutARing_IsReported()
    {
        const int Events = 10_000;
        using var tool = FloodedTool.Start("--batch", "off");
        EventsMap.RemoveRing(tool.Id, EventLoadProcess.Cpu);

        Assert.Equal(Events, EventLoadProcess.Run(tool.Id, Events));

        tool.Stop();
        Assert.Equal(0, tool.Rows.Rows);
        Assert.Equal(
            $"tcpconnlat: connects without a row: {Events} (no perf ring on that CPU yet)",
            Assert.Single(tool.ErrorLines));
    }

    private static void AssertExact(FloodedTool tool, long events, long refused)
    {
        Assert.True(tool.WaitForRows(events - refused), $"{tool.Rows.Rows} of {events - refused} rows");
        tool.Stop();
        Assert.Equal(events - refused, tool.Rows.Rows);
        Assert.Equal(refused, LossReport.Sum(tool.ErrorLines));
        Assert.True(tool.Rows.IsAscending, "a row is there twice, or overtook another one");
    }

    // Where the runtime compiles as it goes, the memory for that is not that of the events.
    private static long WarmUpOf(FloodedTool tool)
    {
        long refused = EventLoadProcess.Run(tool.Id, WarmUp, SteadyPerSecond / 2);
        Assert.True(tool.WaitForRows(WarmUp - refused));
        Thread.Sleep(TimeSpan.FromSeconds(1));
        return WarmUp - refused;
    }
}
