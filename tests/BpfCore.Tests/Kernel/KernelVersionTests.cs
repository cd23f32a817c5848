using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class KernelVersionTests
{
    [Theory]
    [InlineData("6.18.44-fc-v595\n", null, null, "6.18.44")]
    [InlineData("5.4", null, null, "5.4.0")]
    [InlineData("4.19.0-5-amd64", "#1 SMP Debian 4.19.37-5+deb10u2 (2019-08-08)", null, "4.19.37")]
    [InlineData("4.15.0-20-generic", "#21-Ubuntu SMP", "Ubuntu 4.15.0-20.21-generic 4.15.17\n", "4.15.17")]
    [InlineData("6.1.0-rc3+", "#1 SMP PREEMPT_DYNAMIC", "", "6.1.0")]
    public void Select_FilesOfADistribution_PicksTheVersionBuiltFrom(
        string release, string? build, string? signature, string expected)
    {
        Assert.Equal(expected, KernelVersion.Select(release, build, signature).ToString());
    }

    [Fact]
    public void Select_NoVersion_ShowsTheText()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => KernelVersion.Select("unknown\n", null, null));

        Assert.Contains("'unknown'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_PatchAbove255_StopsThere()
    {
        Assert.Equal(0x0409FFu, new KernelVersion(4, 9, 337).Code);
    }

    [Fact]
    public void CompareTo_MinorNumbers_AreNumbers()
    {
        Assert.True(new KernelVersion(5, 9, 0) < new KernelVersion(5, 10, 0));
        Assert.True(new KernelVersion(6, 0, 0) >= new KernelVersion(5, 19, 17));
    }
}
