namespace TcpConnLat.Output;

/// <summary>Rows on their way to standard output: collected, then written as one block.</summary>
/// <remarks>Used by one thread. Rows are never cut: a block ends where a row ends.</remarks>
/// <param name="stream">Where the bytes go; it must not buffer. Not disposed.</param>
internal sealed class OutputBuffer(Stream stream)
{
    private const int Capacity = 64 * 1024;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Capacity);
    private int _length;

    /// <summary>Whether the reader of standard output went away; from then on everything is dropped.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Room for a row; writes the collected ones first where there is not enough.</summary>
    /// <param name="bytes">The room needed, at most 64 KiB.</param>
    /// <exception cref="IOException">Standard output cannot be written.</exception>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Flush();
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>Adds what was written into the reserved room.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public void Commit(int bytes) => _length += bytes;

    /// <summary>Adds a text that is there already.</summary>
    /// <param name="text">The text, at most 64 KiB.</param>
    /// <exception cref="IOException">Standard output cannot be written.</exception>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Commit(text.Length);
    }

    /// <summary>Writes everything collected. A closed pipe is no error: see <see cref="IsClosed"/>.</summary>
    /// <exception cref="IOException">Standard output cannot be written: the disk is full, for example.</exception>
    public void Flush()
    {
        int length = _length;
        _length = 0;
        if (length == 0 || IsClosed)
        {
            return;
        }

        try
        {
            stream.Write(_bytes, 0, length);
        }
        catch (IOException error) when (BrokenPipe.Is(error))
        {
            IsClosed = true;
        }
    }
}
