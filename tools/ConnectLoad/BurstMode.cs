using System.Diagnostics;
using System.Net;

namespace ConnectLoad;

/// <summary>Makes connects as fast as the threads can.</summary>
internal static class BurstMode
{
    /// <summary>Prints the summary alone: a line for each connect would slow the burst down.</summary>
    public static void Run(IPEndPoint remote, int count, int threads, TextWriter results)
    {
        var summaries = new LoadSummary[threads];
        var workers = new Thread[threads];
        int taken = 0;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < threads; i++)
        {
            LoadSummary summary = summaries[i] = new LoadSummary();
            workers[i] = new Thread(() => Work(summary));
            workers[i].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        TimeSpan elapsed = clock.Elapsed;
        results.WriteLine(LoadSummary.Sum(summaries).ToText(elapsed));

        void Work(LoadSummary summary)
        {
            ConnectRequest request = new(ConnectKind.Blocking, remote, Local: null, HoldMilliseconds: 0);
            while (Interlocked.Increment(ref taken) <= count)
            {
                ConnectResult result = Connector.Run(request);
                summary.Add(result.Errno, result.DurationNanoseconds);
            }
        }
    }
}
