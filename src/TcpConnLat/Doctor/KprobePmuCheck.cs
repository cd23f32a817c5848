namespace TcpConnLat.Doctor;

/// <summary>The PMU that makes kprobes without tracefs.</summary>
internal sealed class KprobePmuCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "kprobe PMU";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts) => facts.KprobePmuType is string type
        ? new CheckResult(CheckStatus.Ok, $"type {type}")
        : new CheckResult(CheckStatus.Note, "none (Linux 4.17 with CONFIG_KPROBE_EVENTS has it): rules out kprobe");
}
