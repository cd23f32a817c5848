using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>Runs a reader under <c>peer/host.c</c>, on the highest CPU, while EventLoad fills its rings from CPU 0.</summary>
/// <param name="programs">The programs.</param>
internal sealed partial class EventRun(BuiltPrograms programs)
{
    // The last events may wait for a batch to fill up; a reader that polls finds them within a tenth of a second.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(150);

    // See Launcher.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(80);

    /// <summary>Runs once.</summary>
    /// <param name="reader">Program and arguments of the reader.</param>
    /// <param name="plan">What is made.</param>
    /// <exception cref="InvalidOperationException">The reader or EventLoad failed.</exception>
    public EventResult Run(IReadOnlyList<string> reader, EventPlan plan)
    {
        Thread.Sleep(s_pause);
        using Process host = RealTimeCommand.Start([programs["host"], .. reader]);
        string id = host.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"failed: {string.Join(' ', reader)}");
        Match load = LoadLine().Match(RealTimeCommand.Run(
        [
            programs["aot/eventload"], id, "--events", Text(plan.Events), "--rate", Text(plan.Rate),
            "--burst", Text(plan.Burst), "--cpu", "0", "--family", "4",
        ]));
        Thread.Sleep(s_settling);
        using (Process kill = Process.Start("sh", ["-c", $"kill {id}"]))
        {
            kill.WaitForExit();
        }

        return Result(load, host);
    }

    private static EventResult Result(Match load, Process host)
    {
        Match end = HostLine().Match(host.StandardOutput.ReadToEnd());
        host.WaitForExit();
        return load.Success && end.Success && host.ExitCode == 0
            ? new EventResult(
                Number(load, "rate"),
                (long)Number(load, "lost"),
                Number(load, "each"),
                (long)Number(end, "lines"),
                (long)Number(end, "cpu"),
                end.Groups["last"].Value)
            : throw new InvalidOperationException("the reader or eventload printed something unexpected");
    }

    private static double Number(Match match, string name) =>
        double.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\((?<rate>\d+)/s\), lost (?<lost>\d+), (?<each>\d+) ns each")]
    private static partial Regex LoadLine();

    [GeneratedRegex(@"^lines (?<lines>\d+) cpu_ns (?<cpu>\d+)\n(?<last>.*)$", RegexOptions.Multiline)]
    private static partial Regex HostLine();
}
