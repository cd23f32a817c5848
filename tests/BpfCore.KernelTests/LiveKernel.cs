using BpfCore.Kernel;
using Xunit;

namespace BpfCore.KernelTests;

/// <summary>What live tests need of the machine they run on.</summary>
internal static class LiveKernel
{
    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Skips the test for want of a capability; in CI, where nothing may be wanting, fails it.</summary>
    public static void Require(params ReadOnlySpan<Capability> needed)
    {
        IReadOnlyList<Capability> missing = CapabilitySet.Effective().Missing(needed);
        if (missing.Count > 0)
        {
            SkipOrFail($"needs {string.Join(" and ", missing.Select(capability => capability.KernelName()))}");
        }
    }

    /// <summary>Skips the test for a reason; in CI, fails it.</summary>
    public static void SkipOrFail(string reason)
    {
        Assert.False(IsContinuousIntegration, $"must run in CI, but: {reason}");
        Assert.Skip(reason);
    }

    /// <summary>Skips the test unless the program may load programs and attach them to everything.</summary>
    public static void RequireTracing() => Require(Capability.Bpf, Capability.PerfMon);
}
