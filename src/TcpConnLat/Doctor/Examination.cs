using BpfCore.Kernel;
using TcpConnLat.Attach;

namespace TcpConnLat.Doctor;

/// <summary>Examines the system and writes the report of <c>tcpconnlat doctor</c>.</summary>
/// <param name="facts">The system.</param>
/// <param name="tester">Attaches for real.</param>
internal sealed class Examination(SystemFacts facts, IWayTester tester)
{
    private static readonly ICheck[] s_checks =
    [
        new KernelVersionCheck(),
        new BtfCheck(),
        new CapabilitiesCheck(),
        new LockdownCheck(),
        new TracefsCheck(),
        new KprobePmuCheck(),
        new PerfEventParanoidCheck(),
        new MemoryLockCheck(),
    ];

    private readonly ReportText _report = new();

    /// <summary>Examines everything.</summary>
    /// <param name="report">The report, ending in a newline.</param>
    /// <returns>Whether tcpconnlat can run here.</returns>
    public bool Run(out string report)
    {
        string? obstacle = RunChecks();
        TryWays();
        WayTrial choice = tester.Try(forcedWay: null);
        Conclude(choice, obstacle);
        report = _report.ToString();
        return choice.Works;
    }

    // Returns the first thing that keeps tcpconnlat from running, with the advice.
    private string? RunChecks()
    {
        string? obstacle = null;
        _report.Title("This system:");
        foreach (ICheck check in s_checks)
        {
            CheckResult result = check.Judge(facts);
            _report.Item(StatusText(result.Status), check.Subject, result.Finding);
            if (result.Advice is not null)
            {
                _report.Continue($"-> {result.Advice}");
            }

            obstacle ??= result.Status == CheckStatus.Failed ? $"{result.Finding}: {result.Advice}" : null;
        }

        return obstacle;
    }

    private void TryWays()
    {
        bool isPrivileged = facts.Capabilities.Missing(Capability.Bpf, Capability.PerfMon).Count == 0;
        _report.Title(isPrivileged
            ? "Ways to attach, best first, each one tried:"
            : "Ways to attach, best first, each one tried, though without the capabilities:");
        foreach (AttachWay way in AttachWayNames.BestFirst)
        {
            WayTrial trial = tester.Try(way);
            string outcome = trial switch
            {
                { Works: false } => trial.Problem ?? "does not work",
                { IPv6: null } => $"works for IPv4 only: {trial.Problem}",
                _ => "works",
            };
            _report.Item(trial.Works ? "yes" : "no", way.Name(), outcome);
        }
    }

    private void Conclude(WayTrial choice, string? obstacle)
    {
        if (!choice.Works)
        {
            _report.Title($"tcpconnlat cannot run here. {obstacle ?? choice.Problem}");
            return;
        }

        string ways = choice.IPv4 == choice.IPv6
            ? $"{choice.IPv4!.Value.Name()}"
            : $"{choice.IPv4!.Value.Name()} for IPv4 and {choice.IPv6?.Name() ?? "nothing"} for IPv6";
        _report.Title($"tcpconnlat can run here. It takes {ways}, the best that works. {Meaning(choice.IPv4.Value)}");
    }

    private static string Meaning(AttachWay way) => way is AttachWay.TpBtf or AttachWay.RawTp
        ? "LAT runs from the state becoming SYN_SENT to the state leaving it."
        : "LAT runs from entering connect in the kernel to the arrival of the answer.";

    private static string StatusText(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Note => "note",
        _ => "FAIL",
    };
}
