using System.Diagnostics;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>Reads a stream on a thread of its own and keeps its lines.</summary>
internal sealed class LineCollector
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Thread _reader;

    /// <summary>Starts to read.</summary>
    public LineCollector(StreamReader stream)
    {
        _reader = new Thread(() => Read(stream)) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The lines so far as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Waits until there are this many lines; false if the stream ended or the time ran out before.</summary>
    public bool WaitForLines(int count, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (Count() < count)
        {
            if (clock.Elapsed > patience || (_reader.Join(TimeSpan.FromMilliseconds(1)) && Count() < count))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Waits for the end of the stream.</summary>
    public void WaitForEnd(TimeSpan patience) => _reader.Join(patience);

    private int Count()
    {
        lock (_gate)
        {
            return _lines.Count;
        }
    }

    private void Read(StreamReader stream)
    {
        while (stream.ReadLine() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
            }
        }
    }
}
