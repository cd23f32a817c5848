using TcpConnLat.Tracing;
using Xunit;

namespace TcpConnLat.Tests.Tracing;

public sealed class LossesTests
{
    [Fact]
    public void Describe_AllCauses_GivesANumberForEach()
    {
        Assert.Equal(
            "connects without a row: 12 (perf buffer full), 5 (no perf ring on that CPU yet), "
                + "2 (refused by the kernel), 3 (map of connects in flight full), 1 (end before start)",
            new Losses(Events: 12, Ringless: 5, Refused: 2, Starts: 3, ClockAnomalies: 1).Describe());
    }

    [Fact]
    public void Describe_OneCause_NamesOnlyThat()
    {
        Losses losses = default(Losses) with { Events = 7 };

        Assert.True(losses.Any);
        Assert.Equal("connects without a row: 7 (perf buffer full)", losses.Describe());
    }

    [Fact]
    public void Any_NothingLost_IsFalse()
    {
        Assert.False(default(Losses).Any);
    }
}
