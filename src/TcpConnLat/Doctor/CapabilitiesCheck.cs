using BpfCore.Kernel;

namespace TcpConnLat.Doctor;

/// <summary>What this process may do.</summary>
internal sealed class CapabilitiesCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "capabilities";

    /// <inheritdoc/>
    public CheckResult Judge(SystemFacts facts)
    {
        IReadOnlyList<Capability> missing = facts.Capabilities.Missing(Capability.Bpf, Capability.PerfMon);
        return missing.Count == 0
            ? new CheckResult(CheckStatus.Ok, $"{Names(Capability.Bpf, Capability.PerfMon)} are granted")
            : new CheckResult(CheckStatus.Failed, $"{Names([.. missing])} missing", "run as root");
    }

    private static string Names(params Capability[] capabilities) =>
        string.Join(" and ", capabilities.Select(capability => capability.KernelName()));
}
