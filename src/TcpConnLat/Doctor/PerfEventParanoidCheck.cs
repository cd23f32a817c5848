using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>The setting that keeps processes without capabilities from perf events of whole CPUs.</summary>
internal sealed class PerfEventParanoidCheck : ICheck
{
    private const int AllowsEvents = 0;

    // The kernel itself knows no level above 2; Debian's kernels do, and set it.
    private const int DebianLevel = 3;

    /// <inheritdoc/>
    public string Subject => "perf_event_paranoid";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts)
    {
        if (!int.TryParse(facts.PerfEventParanoid, out int level))
        {
            return new CheckResult(CheckStatus.Note, "kernel.perf_event_paranoid cannot be read");
        }

        if (level >= DebianLevel && !facts.Capabilities.Grants(Capability.SysAdmin))
        {
            return new CheckResult(
                CheckStatus.Note,
                $"{level}: on Debian's kernels the event buffer needs CAP_SYS_ADMIN",
                "run as root, or sysctl kernel.perf_event_paranoid=2");
        }

        if (facts.Capabilities.Grants(Capability.PerfMon))
        {
            return new CheckResult(CheckStatus.Ok, $"{level}, which does not bind a process with CAP_PERFMON");
        }

        return level <= AllowsEvents
            ? new CheckResult(CheckStatus.Ok, $"{level}: the event buffer needs no CAP_PERFMON")
            : new CheckResult(CheckStatus.Note, $"{level}: the event buffer needs CAP_PERFMON");
    }
}
