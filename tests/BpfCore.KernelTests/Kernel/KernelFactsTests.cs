using BpfCore.Kernel;
using Xunit;

namespace BpfCore.KernelTests.Kernel;

public class KernelFactsTests
{
    [Fact]
    public void CpuSet_OnlineAndPossible_AgreeWithTheRuntime()
    {
        CpuSet online = CpuSet.Online();
        CpuSet possible = CpuSet.Possible();

        Assert.True(online.Count >= Environment.ProcessorCount);
        Assert.All(online.Ids.ToArray(), id => Assert.True(possible.Contains(id)));
    }

    [Fact]
    public void KernelVersion_Current_IsTheOneOfUname()
    {
        Assert.StartsWith(
            $"{KernelVersion.Current.Major}.{KernelVersion.Current.Minor}.",
            File.ReadAllText("/proc/sys/kernel/osrelease"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void KernelFeatures_KernelSince60_HasThemAll()
    {
        LiveKernel.RequireTracing();
        if (KernelVersion.Current < new KernelVersion(6, 0, 0))
        {
            Assert.Skip($"the kernel is {KernelVersion.Current}; all features are there since 6.0");
        }

        foreach (KernelFeature feature in Enum.GetValues<KernelFeature>())
        {
            Assert.Equal(
                (feature, KernelFeatureState.Supported), (feature, KernelFeatures.Current.Probe(feature)));
        }
    }

    [Fact]
    public void Tracefs_KnownTracepoint_HasAnId()
    {
        Tracefs tracefs = TracefsMount.Require();

        Assert.True(tracefs.TryGetEventId("sock", "inet_sock_set_state", out ulong id));
        Assert.NotEqual(0UL, id);
    }
}
