using System.Diagnostics;
using System.Globalization;

namespace Bench.Measuring;

/// <summary>Runs a subject under <c>peer/launch.c</c>, which measures it.</summary>
/// <param name="launchPath">Path of the launcher.</param>
internal sealed class Launcher(string launchPath)
{
    // The end of a run detaches from tracepoints; whoever attaches within the grace period that follows waits for it.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(80);

    // Before others that want the processor: what is compared is the work, not the machine's other load.
    private static readonly string[] s_realTime = ["chrt", "--fifo", "5"];

    /// <summary>Runs once.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public LaunchResult Run(IReadOnlyList<string> command)
    {
        Thread.Sleep(s_pause);
        ProcessStartInfo start = new(s_realTime[0]) { RedirectStandardOutput = true };
        foreach (string word in s_realTime.Skip(1).Append(launchPath).Concat(command))
        {
            start.ArgumentList.Add(word);
        }

        using Process process = Process.Start(start)!;
        string[] words = process.StandardOutput.ReadToEnd().Split(
            ' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"failed: {string.Join(' ', command)}");
        }

        long[] numbers = [.. words.TakeWhile(static word => word != "ready").Select(Number)];
        int own = Array.IndexOf(words, "ready");
        return new LaunchResult(numbers[0], numbers[2], own < 0 ? null : Number(words[own + 1]));
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
