using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>Lockdown, which can forbid programs to read kernel memory.</summary>
internal sealed class LockdownCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "lockdown";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts) => facts.Lockdown switch
    {
        LockdownMode.None => new CheckResult(CheckStatus.Ok, "none"),
        LockdownMode.Integrity => new CheckResult(CheckStatus.Ok, "integrity, which forbids nothing needed here"),
        LockdownMode.Confidentiality => new CheckResult(
            CheckStatus.Note,
            "confidentiality: kprobe and raw_tp may not read kernel memory; fentry and tp_btf need not"),
        _ => new CheckResult(CheckStatus.Ok, "not in this kernel, or securityfs is not mounted"),
    };
}
