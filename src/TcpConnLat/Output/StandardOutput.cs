namespace TcpConnLat.Output;

/// <summary>Standard output as a stream of bytes.</summary>
internal static class StandardOutput
{
    private const int FileDescriptor = 1;

    /// <summary>Opens standard output without a buffer.</summary>
    /// <exception cref="IOException">
    /// Standard output is closed. Found now, as its number would be given to the next file that is opened.
    /// </exception>
    public static Stream Open()
    {
        DescriptorStream stream = new(FileDescriptor);
        return stream.IsOpen ? stream : throw new IOException("it is closed");
    }
}
