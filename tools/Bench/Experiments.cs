using Bench.Losses;
using Bench.Measuring;
using Bench.Report;
using Bench.Subjects;

namespace Bench;

/// <summary>All that is measured.</summary>
/// <param name="programs">The programs.</param>
internal sealed class Experiments(BuiltPrograms programs)
{
    private const int RunsOnLadder = 5;

    private readonly LaunchGroups _launches = new(programs);
    private readonly MemoryGroups _memory = new(programs);
    private readonly EventGroups _events = new(programs);
    private readonly OverheadGroups _overhead = new(programs);

    /// <summary>The groups that the short form compares with the baseline.</summary>
    public IReadOnlyList<SubjectGroup> Guarded =>
    [
        _launches.StartUp, _events.ReaderTime, _events.BatchedReaderTime, _memory.RingWalk, _memory.Formatter(4),
        _memory.Formatter(6),
    ];

    /// <summary>Everything, in the order of the page.</summary>
    /// <param name="runs">Runs of each subject.</param>
    public IReadOnlyList<Experiment> All(int runs) =>
    [
        Group(_launches.StartUp, runs),
        Group(_launches.Relocation, runs),
        Group(_events.ReaderTime, runs),
        Group(_events.BatchedReaderTime, runs),
        Group(_memory.RingWalk, runs),
        Group(_memory.Formatter(4), runs),
        Group(_memory.Formatter(6), runs),
        new Experiment("loss", () => LadderSection.Of(new LossLadder(programs, RunsOnLadder).Run())),
        Group(_events.TracedTime, runs),
        Group(_overhead.Connects, runs),
    ];

    private static Experiment Group(SubjectGroup group, int runs) =>
        new(group.Name, () => GroupSection.Of(new Session(runs).Run(group)));
}
