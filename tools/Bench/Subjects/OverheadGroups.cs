using Bench.Measuring;

namespace Bench.Subjects;

/// <summary>What connects cost while they are traced.</summary>
/// <param name="programs">The programs.</param>
internal sealed class OverheadGroups(BuiltPrograms programs)
{
    private static readonly Metric s_connect = new("connect", "ns a connect(2), median of a run", 0);
    private static readonly Metric s_whole = new("whole", "ns a connection, mean of a run", 0);

    /// <summary>A client that connects as fast as it can, with and without a tracer.</summary>
    public SubjectGroup Connects => new(
        "Connects while they are traced",
        "10000 connections over IPv4 to a server on this machine, one after the other, as fast as they go "
            + "(`tools/ConnectLoad`): a run's median of `connect(2)` by the client's own clock, and its mean for a "
            + "whole connection, which is opened, connected and reset. The client has CPU 0 for itself; server and "
            + "tracer share the last CPU, and the tracer's rows are read and thrown away. The kernel here offers "
            + "`tp_btf` and `raw_tp` only; `docs/overhead.md` has the other ways, in a guest.",
        "overhead",
        [s_connect, s_whole],
        [
            new Subject("not traced", new OverheadTrial(programs)),
            Traced(PeerNames.Debian + ", `tp_btf`", programs["trace-debian"], programs.ObjectPath, "tp_btf"),
            Traced(PeerNames.Debian + ", `raw_tp`", programs["trace-debian"], programs.ObjectPath, "raw_tp"),
            Traced("tcpconnlat, `tp_btf`", programs.Tool, "--attach", "tp_btf"),
            Traced("tcpconnlat, `raw_tp`", programs.Tool, "--attach", "raw_tp"),
            Traced("tcpconnlat, `tp_btf`, `--batch off`", programs.Tool, "--attach", "tp_btf", "--batch", "off"),
            Traced("tcpconnlat, `tp_btf`, connects of 10 s and more", programs.Tool, "--attach", "tp_btf", "10000"),
        ])
    {
        Drawn = [s_connect],
    };

    private Subject Traced(string name, params IReadOnlyList<string> command) =>
        new(name, new OverheadTrial(programs, command));
}
