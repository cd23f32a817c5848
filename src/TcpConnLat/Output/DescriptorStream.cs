using System.Runtime.InteropServices;
using Tmds.Linux;

namespace TcpConnLat.Output;

/// <summary>Writes to a descriptor that the process was started with, by <c>write(2)</c>, without a buffer.</summary>
/// <remarks>
/// A <see cref="FileStream"/> keeps an offset of its own (<c>pwrite</c>) and would overwrite what others, or our own
/// standard error, write to the same open file. The streams of <see cref="Console"/> swallow EPIPE, and the class
/// brings terminals along: 9 ms of loading under the JIT, 170 KB of an executable.
/// </remarks>
/// <param name="descriptor">Its number; it stays open when the stream is disposed.</param>
internal sealed class DescriptorStream(int descriptor) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the descriptor is open.</summary>
    public bool IsOpen => SystemCall.Invoke(SystemCall.Control, descriptor, LibC.F_GETFD) >= 0;

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes all bytes, waiting where a pipe is full.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <exception cref="IOException">The descriptor cannot be written; the errno is its HResult.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[WriteSome(buffer)..];
        }
    }

    private unsafe int WriteSome(ReadOnlySpan<byte> bytes)
    {
        // SAFETY: the kernel reads from the pinned span, and no more than its length.
        fixed (byte* pointer = bytes)
        {
            long written = SystemCall.Invoke(SystemCall.Write, descriptor, pointer, bytes.Length);
            return written >= 0 ? (int)written : Recover(LibC.errno);
        }
    }

    // Nothing was written; 0 says to try again.
    private int Recover(int errno)
    {
        if (errno == LibC.EAGAIN)
        {
            WaitUntilWritable();
        }
        else if (errno != LibC.EINTR)
        {
            string reason = errno == LibC.EBADF
                ? "it is closed, or not open for writing"
                : Marshal.GetPInvokeErrorMessage(errno);
            throw new IOException(reason, errno);
        }

        return 0;
    }

    // Whoever started the tool may have made the pipe non-blocking.
    private unsafe void WaitUntilWritable()
    {
        pollfd watched = new() { fd = descriptor, events = LibC.POLLOUT };

        // SAFETY: one structure, which lives on the stack until the call returns.
        _ = LibC.poll(&watched, 1, timeout: -1);
    }
}
