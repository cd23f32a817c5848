using Bench.Measuring;

namespace Bench.Subjects;

/// <summary>The event path without a kernel: what a reader does with records that are there.</summary>
/// <param name="programs">The programs.</param>
internal sealed class MemoryGroups(BuiltPrograms programs)
{
    private const string WalkRounds = "10000";
    private const string FormatRounds = "50";

    /// <summary>Walking a ring.</summary>
    public SubjectGroup RingWalk => new(
        "Walking a ring in memory",
        "A perf ring of 64 pages, full of records of tcpconnlat's events, is drained 10000 times; no kernel writes it. "
            + "Time is that of a record: its header is read, its end found, one that wraps is copied together, a field "
            + "is added up. C (`tools/Bench/peer/walk.c`) is a loop that the compiler sees as a whole, without the "
            + "function pointer through which libbpf calls; the other side is BpfCore's `PerfRing`, which checks sizes "
            + "and bounds of what it reads.",
        "ring-walk",
        [Metric.TimeEach],
        [
            new Subject(PeerNames.Plain, new OutputTrial([programs["walk"], WalkRounds], "ns")),
            new Subject(
                "BpfCore, NativeAOT",
                new OutputTrial([programs.Bench, "walk", WalkRounds], "ns"),
                new Goal(Metric.TimeEach, PeerNames.Plain, 1.10))
            {
                Guarded = [Metric.TimeEach],
            },
        ]);

    /// <summary>Rows of one IP version.</summary>
    /// <param name="ipVersion">4 or 6.</param>
    public SubjectGroup Formatter(int ipVersion) => new(
        $"Rows of IPv{ipVersion}",
        $"The rows of 4096 IPv{ipVersion} events, all different, are printed to `/dev/null` 50 times through a buffer "
            + "of 64 KiB. Time is that of a row. C (`tools/Bench/peer/format.c`) uses `fprintf` and `inet_ntop`; the "
            + "other side is what tcpconnlat itself calls for each record. The rows are equal, byte for byte.",
        $"formatter-ipv{ipVersion}",
        [Metric.TimeEach, Metric.Allocated],
        [
            new Subject(
                "C, `fprintf` and `inet_ntop`",
                new OutputTrial([programs["format"], $"{ipVersion}", FormatRounds], "ns", "allocated")),
            new Subject(
                "tcpconnlat, NativeAOT",
                new OutputTrial([programs.Bench, "format", $"{ipVersion}", FormatRounds], "ns", "allocated"),
                new Goal(Metric.TimeEach, "C, `fprintf` and `inet_ntop`", 0.25),
                new Goal(Metric.Allocated, Against: null, 0))
            {
                Guarded = [Metric.TimeEach],
            },
        ])
    {
        Drawn = [Metric.TimeEach],
    };
}
