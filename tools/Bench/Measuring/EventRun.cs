using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Subjects;
using Tmds.Linux;

namespace Bench.Measuring;

/// <summary>Runs a reader under <c>peer/host.c</c>, on the highest CPU; EventLoad fills its rings from CPU 0.</summary>
/// <param name="programs">The programs.</param>
internal sealed partial class EventRun(BuiltPrograms programs)
{
    private const int Attempts = 10;

    // Rings have room for some milliseconds.
    private const long LongestStallMicroseconds = 2000;

    // The last events may wait for a batch to fill up; a reader that polls finds them within a tenth of a second.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// Runs until no CPU was away for milliseconds, as those of virtual machines are now and then: that fills any ring,
    /// whoever reads it. The last of ten runs is taken as it is.
    /// </summary>
    /// <param name="reader">Program and arguments of the reader.</param>
    /// <param name="plan">What is made.</param>
    /// <exception cref="InvalidOperationException">The reader or EventLoad failed.</exception>
    public EventResult RunUndisturbed(IReadOnlyList<string> reader, EventPlan plan)
    {
        EventResult result = Run(reader, plan);
        for (int attempt = 1; attempt < Attempts && result.StalledMicroseconds > LongestStallMicroseconds; attempt++)
        {
            result = Run(reader, plan);
        }

        return result;
    }

    /// <summary>Runs until nothing is lost.</summary>
    /// <param name="reader">Program and arguments of the reader.</param>
    /// <param name="plan">What is made.</param>
    /// <exception cref="InvalidOperationException">
    /// The reader or EventLoad failed, or each of ten runs lost events.
    /// </exception>
    public EventResult RunLossless(IReadOnlyList<string> reader, EventPlan plan)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            EventResult result = Run(reader, plan);
            if (result.Lost == 0)
            {
                return result;
            }
        }

        throw new InvalidOperationException($"{string.Join(' ', reader)}: events were lost in all {Attempts} runs");
    }

    private EventResult Run(IReadOnlyList<string> reader, EventPlan plan)
    {
        GracePeriod.Wait();
        using Process host = RealTimeCommand.Start([programs["host"], .. reader]);
        string id = host.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"failed: {string.Join(' ', reader)}");
        Match load = LoadLine().Match(RealTimeCommand.Run(
        [
            programs["aot/eventload"], id, "--events", Text(plan.Events), "--rate", Text(plan.Rate),
            "--burst", Text(plan.Burst), "--cpu", "0", "--family", "4",
        ]));
        Thread.Sleep(s_settling);
        _ = LibC.kill(int.Parse(id, CultureInfo.InvariantCulture), LibC.SIGTERM);
        return Result(load, host);
    }

    private static EventResult Result(Match load, Process host)
    {
        Match end = HostLine().Match(host.StandardOutput.ReadToEnd());
        host.WaitForExit();
        return load.Success && end.Success && host.ExitCode == 0
            ? new EventResult(
                load.Number("rate"),
                (long)load.Number("lost"),
                load.Number("each"),
                (long)end.Number("lines"),
                (long)end.Number("stalled"),
                end.Groups["last"].Value)
            : throw new InvalidOperationException("the reader or eventload printed something unexpected");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\((?<rate>\d+)/s\), lost (?<lost>\d+), (?<each>\d+) ns each")]
    private static partial Regex LoadLine();

    [GeneratedRegex(@"^lines (?<lines>\d+) stalled (?<stalled>\d+)\n(?<last>.*)$", RegexOptions.Multiline)]
    private static partial Regex HostLine();
}
