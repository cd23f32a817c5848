using System.IO.Pipes;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class DescriptorStreamTests
{
    [Fact]
    public async Task Write_Pipe_ArrivesWhole()
    {
        using AnonymousPipeServerStream reader = new(PipeDirection.In);
        byte[] sent = new byte[1_000_000]; // more than a pipe holds
        Random.Shared.NextBytes(sent);
        Task<byte[]> received = Task.Run(() => ReadAll(reader));

        using (DescriptorStream stream = new(Descriptor(reader)))
        {
            stream.Write(sent);
            reader.DisposeLocalCopyOfClientHandle();
        }

        Assert.Equal(sent, await received);
    }

    [Fact]
    public void Write_ReaderGone_IsABrokenPipe()
    {
        using AnonymousPipeServerStream reader = new(PipeDirection.In);
        using DescriptorStream stream = new(Descriptor(reader));
        reader.SafePipeHandle.Dispose();

        IOException error = Assert.Throws<IOException>(() => stream.Write("row\n"u8));

        Assert.True(BrokenPipe.Is(error));
    }

    [Fact]
    public void Write_ClosedDescriptor_SaysSo()
    {
        using DescriptorStream stream = new(descriptor: -1);

        IOException error = Assert.Throws<IOException>(() => stream.Write("row\n"u8));

        Assert.False(stream.IsOpen);
        Assert.Contains("closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FileThatOthersWriteTo_GoesOnWhereTheyEnded()
    {
        using FileStream file = new(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0, FileOptions.DeleteOnClose);
        int descriptor = (int)file.SafeFileHandle.DangerousGetHandle();
        using DescriptorStream output = new(descriptor);
        using DescriptorStream error = new(descriptor);

        output.Write("header\n"u8);
        error.Write("message\n"u8);
        output.Write("row\n"u8);

        using StreamReader text = new(file);
        file.Position = 0;
        Assert.Equal("header\nmessage\nrow\n", text.ReadToEnd());
    }

    private static int Descriptor(AnonymousPipeServerStream reader) =>
        (int)reader.ClientSafePipeHandle.DangerousGetHandle();

    private static byte[] ReadAll(AnonymousPipeServerStream reader)
    {
        using MemoryStream all = new();
        reader.CopyTo(all);
        return all.ToArray();
    }
}
