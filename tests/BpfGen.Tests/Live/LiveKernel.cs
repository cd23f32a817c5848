using BpfCore.Kernel;
using Xunit;

namespace BpfGen.Tests.Live;

/// <summary>What live tests need of the machine they run on.</summary>
internal static class LiveKernel
{
    /// <summary>Skips the test where programs may not be loaded; in CI, where they must, fails it.</summary>
    public static void Require()
    {
        IReadOnlyList<Capability> missing = CapabilitySet.Effective().Missing([Capability.Bpf, Capability.PerfMon]);
        if (missing.Count > 0)
        {
            string reason = $"needs {string.Join(" and ", missing)}";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"must run in CI, but: {reason}");
            Assert.Skip(reason);
        }
    }
}
