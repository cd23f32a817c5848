using System.Diagnostics;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// Counts the rows of a stream on a thread of its own, keeping none of them: a million would cost the test more than
/// they cost the tool.
/// </summary>
internal sealed class RowCounter
{
    private const int BlockSize = 64 * 1024; // what a pipe holds

    private readonly Stream _stream;
    private readonly TimeSpan _pause;
    private readonly Thread _reader;
    private long _lines;
    private long _number;
    private long _lastNumber;
    private bool _isInNumber = true;

    /// <summary>Starts to read.</summary>
    /// <param name="stream">Header and rows.</param>
    /// <param name="pause">How long to wait before each block of 64 KiB, for a slow reader.</param>
    public RowCounter(Stream stream, TimeSpan pause)
    {
        (_stream, _pause) = (stream, pause);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The rows so far; -1 before the header.</summary>
    public long Rows => Volatile.Read(ref _lines) - 1;

    /// <summary>Whether the first column, by which eventload numbers its events, rises from row to row.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>Waits until there are this many rows.</summary>
    /// <returns>False if the stream ended or the time ran out before.</returns>
    public bool WaitForRows(long count, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (Rows < count)
        {
            if (clock.Elapsed > patience || (_reader.Join(1) && Rows < count))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Waits for the end of the stream.</summary>
    public bool WaitForEnd(TimeSpan patience) => _reader.Join(patience);

    private void Read()
    {
        byte[] block = new byte[BlockSize];
        int length;
        while ((length = _stream.Read(block)) > 0)
        {
            foreach (byte value in block.AsSpan(0, length))
            {
                Take(value);
            }

            Thread.Sleep(_pause);
        }
    }

    private void Take(byte value)
    {
        if (value == '\n')
        {
            EndLine();
        }
        else if (value is < (byte)'0' or > (byte)'9')
        {
            _isInNumber = false;
        }
        else if (_isInNumber)
        {
            _number = (_number * 10) + (value - '0');
        }
    }

    private void EndLine()
    {
        bool isHeader = _lines == 0;
        IsAscending &= isHeader || _number > _lastNumber;
        (_lastNumber, _number, _isInNumber) = (_number, 0, true);
        Volatile.Write(ref _lines, _lines + 1);
    }
}
