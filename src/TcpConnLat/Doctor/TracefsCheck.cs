namespace TcpConnLat.Doctor;

/// <summary>tracefs, through which kprobes can be made where the PMU is missing.</summary>
internal sealed class TracefsCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "tracefs";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts)
    {
        if (facts.TracefsMount is null)
        {
            return new CheckResult(
                CheckStatus.Note,
                "not mounted or not accessible: rules out kprobe-tracefs",
                "mount -t tracefs tracefs /sys/kernel/tracing");
        }

        return facts.HasKprobeEvents
            ? new CheckResult(CheckStatus.Ok, $"{facts.TracefsMount}, with kprobe_events")
            : new CheckResult(
                CheckStatus.Note,
                $"{facts.TracefsMount} has no kprobe_events (CONFIG_KPROBE_EVENTS): rules out kprobe-tracefs");
    }
}
