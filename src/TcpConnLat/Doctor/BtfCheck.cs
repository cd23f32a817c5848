namespace TcpConnLat.Doctor;

/// <summary>The kernel's types: without them, no field of its structures can be found.</summary>
internal sealed class BtfCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "kernel BTF";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts) => facts.BtfBytes is long bytes
        ? new CheckResult(CheckStatus.Ok, $"/sys/kernel/btf/vmlinux, {bytes} bytes")
        : new CheckResult(
            CheckStatus.Failed,
            "/sys/kernel/btf/vmlinux is missing",
            "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y");
}
