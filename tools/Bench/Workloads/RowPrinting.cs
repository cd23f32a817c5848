using System.Diagnostics;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;

namespace Bench.Workloads;

/// <summary>What <c>peer/format.c</c> does, through the printer of tcpconnlat.</summary>
internal static class RowPrinting
{
    private const int EventCount = 4096;

    /// <summary>
    /// Prints the rows of some events to /dev/null again and again; prints nanoseconds for a row, the length of all
    /// rows of one round, and the bytes that were allocated.
    /// </summary>
    /// <param name="ipVersion">4 or 6.</param>
    /// <param name="rounds">How often.</param>
    public static int Run(int ipVersion, int rounds)
    {
        byte[][] events =
            [.. Enumerable.Range(1, EventCount).Select(number => NumberedEvents.Bytes((uint)number, ipVersion))];
        long length = Length(events);
        using FileStream sink = new("/dev/null", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        OutputBuffer output = new(sink);
        EventPrinter printer = new(ExtraColumns.None, output, limit: null);
        Print(events, ref printer);
        output.Flush();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            Print(events, ref printer);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"ns {elapsed.TotalNanoseconds / rounds / EventCount:F2} bytes {length} allocated {allocated}");
        return 0;
    }

    private static void Print(byte[][] events, ref EventPrinter printer)
    {
        foreach (byte[] connect in events)
        {
            printer.OnSample(source: 0, connect);
        }
    }

    private static long Length(byte[][] events)
    {
        using MemoryStream rows = new();
        OutputBuffer output = new(rows);
        EventPrinter printer = new(ExtraColumns.None, output, limit: null);
        Print(events, ref printer);
        output.Flush();
        return rows.Length;
    }
}
