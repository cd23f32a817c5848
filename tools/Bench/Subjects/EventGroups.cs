using Bench.Measuring;

namespace Bench.Subjects;

/// <summary>The event path with events of the kernel's: readers of a perf buffer that EventLoad fills.</summary>
/// <param name="programs">The programs.</param>
internal sealed class EventGroups(BuiltPrograms programs)
{
    private const int Batch = 64;

    // How long a processor takes to wake from idling varies more than what is compared.
    private const int Repeats = 3;

    private static readonly EventPlan s_single = new(Events: 60_000, Rate: 40_000, Burst: 1);
    private static readonly EventPlan s_batched = new(Events: 400_000, Rate: 100_000, Burst: 16);

    private readonly EventRun _run = new(programs);

    /// <summary>CPU of a reader that is woken for each event.</summary>
    public SubjectGroup ReaderTime => Reading(
        wakeup: 1,
        s_single,
        "reader-cpu",
        "Reader, woken for each event",
        "40000 events a second, one at a time.");

    /// <summary>CPU of a reader that is woken for every 64th event.</summary>
    public SubjectGroup BatchedReaderTime => Reading(
        Batch,
        s_batched,
        "reader-cpu-batched",
        "Reader, woken for every 64 events",
        "100000 events a second, 16 at a time.");

    /// <summary>What waking a reader costs whom it reads of.</summary>
    public SubjectGroup TracedTime => new(
        "Cost to the process that is traced",
        "Time that the program which makes the events takes for one (`bpf/eventload.bpf.c`, by its own clock): filling "
            + "the event, `bpf_perf_event_output`, and waking the reader where that is due, as the kernel does that in "
            + "the process whose connect is traced. 20000 events, 20000 a second, one at a time. A batch is 64 events "
            + "on both sides; tcpconnlat decides by itself.",
        "traced-cost",
        [Metric.TracedTime],
        [
            Traced("BpfCore, woken for each event", programs.Bench, "read", programs.ObjectPath, "1"),
            Traced(PeerNames.Debian + ", woken for each event", programs["read-debian"], programs.ObjectPath, "1"),
            Traced("BpfCore, woken for every 64 events", programs.Bench, "read", programs.ObjectPath, $"{Batch}") with
            {
                Goals = [new Goal(Metric.TracedTime, "BpfCore, woken for each event", 0.2)],
            },
            Traced("tcpconnlat", programs.Tool) with
            {
                Goals = [new Goal(Metric.TracedTime, "BpfCore, woken for each event", 0.2)],
            },
        ]);

    private SubjectGroup Reading(int wakeup, EventPlan plan, string name, string title, string load) => new(
        title,
        $"CPU time of a reader for an event, in user space and in the kernel, from when it is ready to when it was "
            + $"told to stop and has read all. {load} It only counts: `tools/Bench/peer/read.c` on libbpf, "
            + "`bench read` on BpfCore; each on a CPU of its own, the program that makes the events on another one. A "
            + "run that loses an event is made again, and each run is of a fresh copy of the program: which pages of "
            + $"memory hold it decides about some percent. {Repeats} times as many runs as elsewhere.",
        name,
        [Metric.ReaderTime],
        [
            Reader(PeerNames.Debian, plan, programs["read-debian"], programs.ObjectPath, $"{wakeup}"),
            Reader(PeerNames.Newest, plan, programs["read-newest"], programs.ObjectPath, $"{wakeup}"),
            Reader("BpfCore, NativeAOT", plan, programs.Bench, "read", programs.ObjectPath, $"{wakeup}") with
            {
                Goals =
                [
                    new Goal(Metric.ReaderTime, PeerNames.Debian, 1.05),
                    new Goal(Metric.ReaderTime, PeerNames.Newest, 1.05),
                ],
                Guarded = [Metric.ReaderTime],
            },
        ])
    {
        Repeats = Repeats,
    };

    private Subject Reader(string name, EventPlan plan, params IReadOnlyList<string> command) =>
        new(name, new ReaderTrial(_run, command, plan));

    private Subject Traced(string name, params IReadOnlyList<string> command) =>
        new(name, new TracedTrial(_run, command, new EventPlan(Events: 20_000, Rate: 20_000, Burst: 1)));
}
