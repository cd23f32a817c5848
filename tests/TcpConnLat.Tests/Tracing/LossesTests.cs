using TcpConnLat.Tracing;
using Xunit;

namespace TcpConnLat.Tests.Tracing;

public sealed class LossesTests
{
    [Fact]
    public void Describe_AllCauses_GivesTheSumFirst()
    {
        Assert.Equal(
            "16 connects have no row: 12 found the perf buffer full, 3 found the map of connects in flight full, "
                + "1 ended before they started",
            new Losses(Events: 12, Starts: 3, ClockAnomalies: 1).Describe());
    }

    [Fact]
    public void Describe_OneCause_NamesOnlyThat()
    {
        Assert.Equal(
            "7 connects have no row: 7 found the perf buffer full",
            new Losses(Events: 7, Starts: 0, ClockAnomalies: 0).Describe());
    }
}
