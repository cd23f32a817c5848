using TcpConnLat.CommandLine;
using TcpConnLat.Output;

namespace TcpConnLat.Tracing;

/// <summary>
/// Prints the header, then a row for each event, until a signal, the count, the duration or the end of the reader of
/// standard output.
/// </summary>
/// <param name="source">Where the events come from, attached already.</param>
/// <param name="options">When to stop, and which columns to print.</param>
/// <param name="output">Where the rows go; flushed whenever the rings were drained.</param>
/// <param name="clock">Measures the duration.</param>
internal sealed class TraceLoop(IConnectSource source, TraceOptions options, OutputBuffer output, TimeProvider clock)
{
    /// <summary>Runs until one of the reasons to stop.</summary>
    /// <param name="stop">Cancelled by SIGINT and SIGTERM.</param>
    /// <returns>What was neither printed nor counted by the BPF programs.</returns>
    /// <exception cref="IOException">Standard output cannot be written.</exception>
    public TraceEnd Run(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.Register(source.Wake);
        EventPrinter printer = new(options.Columns, output, options.Count);
        output.Append(new RowFormat(options.Columns).Header);
        output.Flush();
        Follow(ref printer, stop);
        source.Finish(ref printer);
        output.Flush();
        return new TraceEnd(printer.RingLost, printer.Surplus);
    }

    private void Follow(ref EventPrinter printer, CancellationToken stop)
    {
        long start = clock.GetTimestamp();
        bool isReaderGone = output.IsClosed;
        while (!stop.IsCancellationRequested && !printer.IsComplete && !isReaderGone)
        {
            TimeSpan wait = Remaining(start);
            if (wait == TimeSpan.Zero)
            {
                return;
            }

            isReaderGone = source.Poll(wait, ref printer).IsHungUp;
            output.Flush();
            isReaderGone |= output.IsClosed;
        }
    }

    private TimeSpan Remaining(long start)
    {
        if (options.Duration is not TimeSpan duration)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan remaining = duration - clock.GetElapsedTime(start);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
