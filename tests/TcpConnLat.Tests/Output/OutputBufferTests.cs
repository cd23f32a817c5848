using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class OutputBufferTests
{
    [Fact]
    public void Append_UntilFlush_WritesNothing()
    {
        using RecordingStream stream = new();
        OutputBuffer output = new(stream);

        output.Append("one\n"u8);
        output.Append("two\n"u8);
        Assert.Empty(stream.Blocks);
        output.Flush();

        Assert.Equal(["one\ntwo\n"], stream.Blocks);
    }

    [Fact]
    public void Flush_NothingCollected_DoesNotWrite()
    {
        using RecordingStream stream = new();

        new OutputBuffer(stream).Flush();

        Assert.Empty(stream.Blocks);
    }

    [Fact]
    public void Reserve_FullBuffer_WritesWholeRowsOnly()
    {
        using RecordingStream stream = new();
        OutputBuffer output = new(stream);
        for (int row = 0; row < 10_000; row++)
        {
            output.Append("0123456789\n"u8);
        }

        output.Flush();

        Assert.True(stream.Blocks.Count > 1);
        Assert.All(stream.Blocks, block => Assert.EndsWith("9\n", block, StringComparison.Ordinal));
        Assert.Equal(10_000 * 11, stream.Blocks.Sum(block => block.Length));
    }

    [Fact]
    public void Flush_ReaderWentAway_ClosesInsteadOfThrowing()
    {
        using RecordingStream stream = new() { Error = new IOException("Broken pipe", 32) };
        OutputBuffer output = new(stream);
        output.Append("row\n"u8);

        output.Flush();

        Assert.True(output.IsClosed);
    }

    [Fact]
    public void Flush_AfterTheReaderWentAway_DropsRows()
    {
        using RecordingStream stream = new() { Error = new IOException("Broken pipe", 32) };
        OutputBuffer output = new(stream);
        output.Append("row\n"u8);
        output.Flush();
        stream.Error = null;

        output.Append("another\n"u8);
        output.Flush();

        Assert.Empty(stream.Blocks);
    }

    [Fact]
    public void Flush_FullDisk_Throws()
    {
        using RecordingStream stream = new() { Error = new IOException("No space left on device", 28) };
        OutputBuffer output = new(stream);
        output.Append("row\n"u8);

        Assert.Throws<IOException>(output.Flush);
        Assert.False(output.IsClosed);
    }
}
