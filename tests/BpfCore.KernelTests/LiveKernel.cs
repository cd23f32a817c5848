using BpfCore.Kernel;
using Xunit;

namespace BpfCore.KernelTests;

/// <summary>What live tests need of the machine they run on.</summary>
internal static class LiveKernel
{
    // In CI the machine must have everything that tests need. Where the same suite runs on kernels of all ages, each
    // lacks something, and only that may be wanting.
    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    private static bool IsKernelOfAnyAge => Environment.GetEnvironmentVariable("BPFCORE_TEST_KERNEL") == "any";

    /// <summary>Skips the test for want of a capability; in CI, where nothing may be wanting, fails it.</summary>
    public static void Require(params ReadOnlySpan<Capability> needed)
    {
        IReadOnlyList<Capability> missing = CapabilitySet.Effective().Missing(needed);
        if (missing.Count > 0)
        {
            string reason = $"needs {string.Join(" and ", missing.Select(capability => capability.KernelName()))}";
            Assert.False(IsContinuousIntegration, $"must run in CI, but: {reason}");
            Assert.Skip(reason);
        }
    }

    /// <summary>Skips the test for what the kernel lacks; in CI, fails it unless the kernel is one of any age.</summary>
    public static void SkipOrFail(string reason)
    {
        Assert.False(IsContinuousIntegration && !IsKernelOfAnyAge, $"must run in CI, but: {reason}");
        Assert.Skip(reason);
    }

    /// <summary>Skips the test unless the program may load programs and attach them to everything.</summary>
    public static void RequireTracing() => Require(Capability.Bpf, Capability.PerfMon);
}
