using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class PerfBufferOptionsTests
{
    [Fact]
    public void Defaults_Are64PagesAndAWakeupPerRecord()
    {
        var options = new PerfBufferOptions();

        Assert.Equal(64, options.PagesPerCpu);
        Assert.Equal(1, options.WakeupEvents);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1 << 30)] // 4 TiB with pages of 4 KiB
    public void PagesPerCpu_NotAPowerOfTwoOrTooLarge_IsRefused(int pages)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new PerfBufferOptions { PagesPerCpu = pages });

        Assert.Contains("PagesPerCpu", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1024)]
    public void PagesPerCpu_PowerOfTwo_IsKept(int pages) =>
        Assert.Equal(pages, new PerfBufferOptions { PagesPerCpu = pages }.PagesPerCpu);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void WakeupEvents_BelowOne_IsRefused(int records) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerfBufferOptions { WakeupEvents = records });
}
