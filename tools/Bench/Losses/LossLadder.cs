using Bench.Measuring;
using Bench.Subjects;

namespace Bench.Losses;

/// <summary>Finds the rate from which on readers that print rows lose events.</summary>
/// <param name="programs">The programs.</param>
/// <param name="runs">Runs of each reader at each rate.</param>
internal sealed class LossLadder(BuiltPrograms programs, int runs)
{
    private const int Burst = 16;

    // Half a second at each rate.
    private const long EventsToRate = 2;

    // Steps of the square root of two.
    private static readonly long[] s_rates =
    [
        44_000, 63_000, 88_000, 125_000, 177_000, 250_000, 354_000, 500_000, 707_000, 1_000_000, 1_414_000, 2_000_000,
    ];

    private readonly EventRun _run = new(programs);

    /// <summary>The readers: the C peer as it is, the same with batches, tcpconnlat.</summary>
    public IReadOnlyList<LadderSubject> Subjects { get; } =
    [
        new(PeerNames.Debian, [programs["trace-debian"], programs.ObjectPath, "tp_btf"]),
        new(PeerNames.Debian + ", woken for every 64 events",
            [programs["trace-debian"], programs.ObjectPath, "tp_btf", "64"]),
        new("tcpconnlat, NativeAOT", [programs.Tool]),
    ];

    /// <summary>Runs all readers in turn, from the lowest rate to the highest.</summary>
    public IReadOnlyList<Climb> Run()
    {
        Climb[] climbs = [.. Subjects.Select(static subject => new Climb(subject, []))];
        foreach (long rate in s_rates)
        {
            Climb[] climbing = [.. climbs.Where(static climb => climb.Rungs.All(static rung => rung.IsMade))];
            EventResult[][] results = Measure([.. climbing.Select(static climb => climb.Subject)], rate);
            foreach ((int index, Climb climb) in climbing.Index())
            {
                climb.Rungs.Add(Summarise(rate, [.. results.Select(run => run[index])]));
            }

            // What could not be made at a lower rate is not tried again.
            foreach (Climb climb in climbs.Except(climbing))
            {
                climb.Rungs.Add(climb.Rungs[^1] with { Rate = rate });
            }
        }

        return climbs;
    }

    private static long Events(long rate) => rate / EventsToRate;

    private static Rung Summarise(long rate, EventResult[] results) => new(
        rate,
        new Series(results.Select(result => (double)result.Lost / Events(rate))),
        new Series(results.Select(static result => result.Rate)));

    private EventResult[][] Measure(LadderSubject[] subjects, long rate)
    {
        EventPlan plan = new(Events(rate), rate, Burst);
        return [.. Enumerable.Range(0, runs).Select(
            _ => subjects
                .Select(subject => Check(subject, _run.RunUndisturbed(subject.Command, plan), plan))
                .ToArray())];
    }

    // What is not a row was counted as lost by the BPF program, and nothing else is missing.
    private static EventResult Check(LadderSubject subject, EventResult result, EventPlan plan) =>
        result.Lines + result.Lost >= plan.Events
            ? result
            : throw new InvalidOperationException(
                $"{subject.Name}: {result.Lines} rows and {result.Lost} lost of {plan.Events} events");
}
