using System.Diagnostics;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;

namespace Bench.Workloads;

/// <summary>What <c>peer/format.c</c> does, through the printer of tcpconnlat: rows into /dev/null.</summary>
internal sealed class RowPrinting : IDisposable
{
    /// <summary>Number of events, all different.</summary>
    public const int EventCount = 4096;

    private readonly byte[][] _events;
    private readonly FileStream _sink =
        new("/dev/null", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
    private readonly OutputBuffer _output;

    /// <summary>Makes the events.</summary>
    /// <param name="ipVersion">4 or 6.</param>
    public RowPrinting(int ipVersion)
    {
        _events = [.. Enumerable.Range(1, EventCount).Select(number => NumberedEvents.Bytes((uint)number, ipVersion))];
        _output = new OutputBuffer(_sink);
    }

    /// <summary>
    /// Prints all rows again and again; prints nanoseconds for a row, the length of all rows of one round, and the
    /// bytes that were allocated.
    /// </summary>
    /// <param name="ipVersion">4 or 6.</param>
    /// <param name="rounds">How often.</param>
    public static int Run(int ipVersion, int rounds)
    {
        using RowPrinting rows = new(ipVersion);
        long length = rows.Length();
        rows.Print();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            rows.Print();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"ns {elapsed.TotalNanoseconds / rounds / EventCount:F2} bytes {length} allocated {allocated}");
        return 0;
    }

    /// <summary>Prints the row of each event.</summary>
    public void Print() => Print(_output);

    /// <inheritdoc/>
    public void Dispose() => _sink.Dispose();

    private void Print(OutputBuffer output)
    {
        EventPrinter printer = new(ExtraColumns.None, output, limit: null);
        foreach (byte[] connect in _events)
        {
            printer.OnSample(source: 0, connect);
        }
    }

    private long Length()
    {
        using MemoryStream rows = new();
        OutputBuffer output = new(rows);
        Print(output);
        output.Flush();
        return rows.Length;
    }
}
