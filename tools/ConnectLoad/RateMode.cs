using System.Diagnostics;
using System.Net;

namespace ConnectLoad;

/// <summary>Makes connects at a steady rate from one thread.</summary>
internal static class RateMode
{
    /// <summary>Prints a result line for each connect, then the summary.</summary>
    /// <remarks>Each connect has its time on the clock: a slow one does not delay those after it.</remarks>
    public static void Run(IPEndPoint remote, int count, int perSecond, TextWriter results)
    {
        ConnectRequest request = new(ConnectKind.Blocking, remote, Local: null, HoldMilliseconds: 0);
        LoadSummary summary = new();
        string comm = ThreadName.Read();
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            SleepUntil(clock, TimeSpan.FromSeconds((double)i / perSecond));
            ConnectResult result = Connector.Run(request);
            summary.Add(result.Errno, result.DurationNanoseconds);
            results.WriteLine(result.ToLine(comm));
        }

        results.WriteLine(summary.ToText(clock.Elapsed));
    }

    private static void SleepUntil(Stopwatch clock, TimeSpan due)
    {
        TimeSpan early = due - clock.Elapsed;
        if (early > TimeSpan.Zero)
        {
            Thread.Sleep(early);
        }
    }
}
