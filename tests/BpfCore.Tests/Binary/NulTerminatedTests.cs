using Xunit;

namespace BpfCore.Tests.Binary;

public sealed class NulTerminatedTests
{
    [Theory]
    [InlineData("name\0\0\0", "name")]
    [InlineData("name\0rest", "name")]
    [InlineData("full", "full")]
    [InlineData("\0", "")]
    [InlineData("", "")]
    public void Text_Buffer_EndsAtTheFirstNulOrWithTheBuffer(string buffer, string expected) =>
        Assert.Equal(expected, NulTerminated.Text(System.Text.Encoding.UTF8.GetBytes(buffer)));

    [Fact]
    public void Text_BytesThatAreNoUtf8_AreReplaced() =>
        Assert.Equal("a\ufffdb", NulTerminated.Text([(byte)'a', 0xff, (byte)'b', 0, 0xff]));
}
