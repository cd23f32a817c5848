using System.Diagnostics;

namespace Bench.Measuring;

/// <summary>Commands that come before others that want the processor: work is compared, not the load.</summary>
internal static class RealTimeCommand
{
    private static readonly string[] s_schedule = ["chrt", "--fifo", "5"];

    /// <summary>Runs a command.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <returns>What it printed, newlines as blanks.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(IReadOnlyList<string> command)
    {
        using Process process = Start([.. s_schedule, .. command]);
        string output = process.StandardOutput.ReadToEnd().Replace('\n', ' ');
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"failed: {string.Join(' ', command)}");
    }

    /// <summary>Starts a command as it is, its output to be read.</summary>
    /// <param name="command">Program and arguments.</param>
    public static Process Start(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(command[0]) { RedirectStandardOutput = true };
        foreach (string word in command.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }
}
