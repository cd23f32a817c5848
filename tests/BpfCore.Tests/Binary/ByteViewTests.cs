using BpfCore.Binary;
using Xunit;

namespace BpfCore.Tests.Binary;

public sealed class ByteViewTests
{
    private static readonly byte[] s_bytes = [1, 2, 3, 4, 5, 6, 7, 8, 0xF9, 0xFA, 0xFB, 0xFC];

    [Fact]
    public void Read_AnyWidth_IsLittleEndian()
    {
        ByteView view = new(s_bytes, "input");

        Assert.Equal(2, view.ReadByte(1, "a byte"));
        Assert.Equal(0x0302, view.ReadUInt16(1, "a word"));
        Assert.Equal(0x05040302u, view.ReadUInt32(1, "a word"));
        Assert.Equal(unchecked((int)0xFCFBFAF9), view.ReadInt32(8, "a word"));
        Assert.Equal(0xFCFBFAF908070605ul, view.ReadUInt64(4, "a word"));
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(12, 0)]
    [InlineData(0, 12)]
    [InlineData(0, 0)]
    public void Bytes_UpToTheEnd_AreGiven(long offset, long length) =>
        Assert.Equal((int)length, new ByteView(s_bytes, "input").Bytes(offset, length, "data").Length);

    [Theory]
    [InlineData(12, 1)]
    [InlineData(13, 0)]
    [InlineData(0, 13)]
    [InlineData(1, 12)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(1, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(0x1_0000_0000, 1)]
    public void Bytes_OutOfBounds_ReportsOffset(long offset, long length)
    {
        ByteView view = new(s_bytes, "input");

        BpfFormatException error = Assert.Throws<BpfFormatException>(
            () => view.Bytes(offset, length, "data").ToArray());

        Assert.Equal(("input", null, offset), (error.Input, error.Section, error.Offset));
        Assert.Contains("data needs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(11)]
    [InlineData(9)]
    [InlineData(5)]
    public void Read_OneByteTooFew_ReportsOffset(int offset)
    {
        ByteView view = new(s_bytes, "input");

        BpfFormatException error = Assert.Throws<BpfFormatException>(() =>
        {
            _ = offset switch
            {
                12 => view.ReadByte(offset, "x"),
                11 => view.ReadUInt16(offset, "x"),
                9 => view.ReadUInt32(offset, "x"),
                _ => view.ReadUInt64(offset, "x"),
            };
        });

        Assert.Equal(offset, error.Offset);
        Assert.Contains("the data ends at 0xc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slice_FaultInIt_CountsFromTheStartOfTheSection()
    {
        ByteView slice = new ByteView(s_bytes, "input").AsSection(2, 8, ".maps").Slice(4, 4, "part");

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => slice.ReadUInt32(1, "x"));

        Assert.Equal((".maps", 5L), (error.Section, error.Offset));
        Assert.Equal("input: section .maps: offset 0x5: x needs 4 bytes, but the data ends at 0x8", error.Message);
    }

    [Fact]
    public void Slice_PastTheEnd_Throws()
    {
        ByteView view = new(s_bytes, "input");

        Assert.Throws<BpfFormatException>(() => view.Slice(8, 5, "part"));
        Assert.Throws<BpfFormatException>(() => view.AsSection(13, 0, "part"));
    }
}
