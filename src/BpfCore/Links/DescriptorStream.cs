using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A descriptor that can only be read, from its beginning to its end.</summary>
internal sealed class DescriptorStream(SafeFdHandle descriptor, FileSyscall files, string subject) : Stream
{
    public override bool CanRead => !descriptor.IsClosed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        Errno error = files.Read(descriptor, buffer, out int count);
        return error == Errno.None
            ? count
            : throw new IOException($"{subject}: read failed: {error.Symbol()} ({error.Text()})");
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        descriptor.Dispose();
        base.Dispose(disposing);
    }
}
