using System.Text;

namespace TcpConnLat.Tests.Output;

/// <summary>Keeps each write as a text, or fails it.</summary>
internal sealed class RecordingStream : Stream
{
    public List<string> Blocks { get; } = [];

    public Exception? Error { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Error is not null)
        {
            throw Error;
        }

        Blocks.Add(Encoding.UTF8.GetString(buffer, offset, count));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
