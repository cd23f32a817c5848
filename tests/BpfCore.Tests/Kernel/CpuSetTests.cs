using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class CpuSetTests
{
    [Theory]
    [InlineData("0\n", new[] { 0 })]
    [InlineData("0-3\n", new[] { 0, 1, 2, 3 })]
    [InlineData("0,2-3", new[] { 0, 2, 3 })]
    [InlineData("0-1,7,9-11\n", new[] { 0, 1, 7, 9, 10, 11 })]
    [InlineData("5,4096\n", new[] { 5, 4096 })]
    public void Parse_KernelList_GivesEveryId(string text, int[] expected)
    {
        CpuSet cpus = CpuSet.Parse(text);

        Assert.Equal(expected, cpus.Ids.ToArray());
        Assert.Equal(expected.Length, cpus.Count);
        Assert.Equal(expected[^1], cpus.Highest);
        Assert.Equal(text.Trim(), cpus.ToString());
    }

    [Fact]
    public void Parse_ListOfManyRanges_HasNoLengthLimit()
    {
        string text = string.Join(',', Enumerable.Range(0, 4000).Select(i => $"{i * 2}"));

        Assert.Equal(4000, CpuSet.Parse(text).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData("0-")]
    [InlineData("-1")]
    [InlineData("0,,1")]
    [InlineData("3-1")]
    [InlineData("1,1")]
    [InlineData("2,1")]
    [InlineData("0 1")]
    [InlineData("0-99999999999")]
    [InlineData("0-2000000000")]
    public void Parse_NoSuchList_ShowsIt(string text)
    {
        FormatException e = Assert.Throws<FormatException>(() => CpuSet.Parse(text));

        Assert.Contains($"found '{text.Trim()}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contains_IdInAGap_IsFalse()
    {
        CpuSet cpus = CpuSet.Parse("0,2-3");

        Assert.True(cpus.Contains(2));
        Assert.False(cpus.Contains(1));
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        using FakeTree tree = new();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => CpuSet.Read(tree.Files, "sys/devices/system/cpu/online"));

        Assert.Equal("sys/devices/system/cpu/online", e.Feature);
    }
}
