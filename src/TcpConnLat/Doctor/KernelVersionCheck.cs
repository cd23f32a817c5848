using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>The kernel's version. What it can do is found out by trying; the version alone decides nothing.</summary>
internal sealed class KernelVersionCheck : ICheck
{
    // CAP_BPF and CAP_PERFMON are of 5.8, too; before, the kernel's BTF was a rare thing.
    private static readonly KernelVersion s_expected = new(5, 8, 0);

    /// <inheritdoc/>
    public string Subject => "kernel";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts) => facts.Version >= s_expected
        ? new CheckResult(CheckStatus.Ok, facts.Version.ToString())
        : new CheckResult(CheckStatus.Note, $"{facts.Version}, older than {s_expected.Major}.{s_expected.Minor}");
}
