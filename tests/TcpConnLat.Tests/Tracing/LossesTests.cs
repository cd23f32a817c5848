using TcpConnLat.Tracing;
using Xunit;

namespace TcpConnLat.Tests.Tracing;

public sealed class LossesTests
{
    [Fact]
    public void Describe_AllCauses_GivesANumberForEach()
    {
        Assert.Equal(
            "connects without a row: 12 (perf buffer full), 3 (map of connects in flight full), 1 (end before start)",
            new Losses(Events: 12, Starts: 3, ClockAnomalies: 1).Describe());
    }

    [Fact]
    public void Describe_OneCause_NamesOnlyThat()
    {
        Losses losses = new(Events: 7, Starts: 0, ClockAnomalies: 0);

        Assert.True(losses.Any);
        Assert.Equal("connects without a row: 7 (perf buffer full)", losses.Describe());
    }

    [Fact]
    public void Any_NothingLost_IsFalse()
    {
        Assert.False(default(Losses).Any);
    }
}
