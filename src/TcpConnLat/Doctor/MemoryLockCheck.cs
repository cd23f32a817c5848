using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>The limit of locked memory, which binds BPF maps and programs of older kernels.</summary>
internal sealed class MemoryLockCheck : ICheck
{
    private const string Unlimited = "unlimited";

    /// <inheritdoc/>
    public string Subject => "memory lock";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts)
    {
        string limit = facts.LockedMemoryLimit switch
        {
            null => "limit unknown",
            Unlimited => Unlimited,
            string bytes => $"{bytes} bytes",
        };
        return facts.MemoryCgroupAccounting switch
        {
            KernelFeatureState.Supported =>
                new CheckResult(CheckStatus.Ok, $"{limit}; does not count for BPF (Linux 5.11)"),
            KernelFeatureState.Unsupported when facts.LockedMemoryLimit != Unlimited => new CheckResult(
                CheckStatus.Note, $"{limit}; tcpconnlat raises it, for which it needs CAP_SYS_RESOURCE"),
            KernelFeatureState.Unsupported => new CheckResult(CheckStatus.Ok, limit),
            _ => new CheckResult(CheckStatus.Note, $"{limit}; whether it counts for BPF cannot be probed as this user"),
        };
    }
}
