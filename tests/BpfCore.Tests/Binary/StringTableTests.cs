using System.Text;
using BpfCore.Binary;
using Xunit;

namespace BpfCore.Tests.Binary;

public sealed class StringTableTests
{
    private static readonly StringTable s_table = Table("\0first\0z\0");

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "first")]
    [InlineData(4, "st")]
    [InlineData(6, "")]
    [InlineData(7, "z")]
    [InlineData(8, "")]
    public void Text_OffsetInTable_EndsAtNul(uint offset, string expected) =>
        Assert.Equal(expected, s_table.Text(offset, "a name"));

    [Theory]
    [InlineData(9u)]
    [InlineData(uint.MaxValue)]
    public void Text_OffsetPastEnd_ReportsOffset(uint offset)
    {
        BpfFormatException error = Assert.Throws<BpfFormatException>(() => s_table.Text(offset, "a name"));

        Assert.Equal(offset, error.Offset);
        Assert.Contains(
            "a name lies past the end of the string table (0x9 bytes)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_LastByteNotNul_ReportsIt() =>
        Assert.Equal(2, Assert.Throws<BpfFormatException>(() => Table("\0ab")).Offset);

    [Fact]
    public void Text_EmptyTable_HasNoStrings() =>
        Assert.Throws<BpfFormatException>(() => Table("").Text(0, "a name"));

    [Fact]
    public void Text_NotUtf8_GivesReplacementCharacters()
    {
        StringTable table = new(new ByteView(new byte[] { (byte)'a', 0xFF, 0 }, "x"));

        Assert.Equal("a\uFFFD", table.Text(0, "a name"));
    }

    private static StringTable Table(string text) => new(new ByteView(Encoding.UTF8.GetBytes(text), "input"));
}
