using BpfCore.Links;
using Xunit;

namespace BpfCore.Tests.Links;

public class GlobPatternTests
{
    [Theory]
    [InlineData("tcp_v4_connect", "tcp_v4_connect", true)]
    [InlineData("tcp_v4_connect", "tcp_*", true)]
    [InlineData("tcp_v4_connect", "*connect", true)]
    [InlineData("tcp_v4_connect", "tcp_v?_connect", true)]
    [InlineData("tcp_v4_connect", "*_*_*", true)]
    [InlineData("tcp_v4_connect", "*", true)]
    [InlineData("", "*", true)]
    [InlineData("", "", true)]
    [InlineData("tcp_v4_connect", "tcp", false)]
    [InlineData("tcp_v4_connect", "?cp", false)]
    [InlineData("tcp_v4_connect", "*connec", false)]
    [InlineData("tcp", "tcp?", false)]
    [InlineData("tcp", "", false)]
    [InlineData("aab", "*ab", true)]
    public void Matches_NameAndPattern_AsTheShellDoes(string name, string pattern, bool isMatch) =>
        Assert.Equal(isMatch, GlobPattern.Matches(name, pattern));

    [Fact(Timeout = 10_000)]
    public Task Matches_ManyStars_TakesNoExponentialTime()
    {
        string name = new('a', 2000);
        string pattern = string.Concat(Enumerable.Repeat("a*", 500)) + "b";

        return Task.Run(() => Assert.False(GlobPattern.Matches(name, pattern)), TestContext.Current.CancellationToken);
    }
}
