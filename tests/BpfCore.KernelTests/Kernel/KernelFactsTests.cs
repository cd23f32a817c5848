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

    // The versions of kernel.org; Debian brings none of these to older kernels.
    [Theory]
    [InlineData(KernelFeature.ProbeReadKernel, 5, 5)]
    [InlineData(KernelFeature.BtfFunctions, 5, 0)]
    [InlineData(KernelFeature.BtfDataSections, 5, 2)]
    [InlineData(KernelFeature.BtfGlobalFunctions, 5, 6)]
    [InlineData(KernelFeature.MemoryCgroupAccounting, 5, 11)]
    [InlineData(KernelFeature.BtfFloat, 5, 13)]
    [InlineData(KernelFeature.BtfDeclarationTags, 5, 16)]
    [InlineData(KernelFeature.BtfTypeTags, 5, 17)]
    [InlineData(KernelFeature.BtfEnum64, 6, 0)]
    [InlineData(KernelFeature.BtfOptionalSections, 6, 9)]
    public void KernelFeatures_Probe_AgreesWithTheVersionThatBroughtIt(KernelFeature feature, int major, int minor)
    {
        LiveKernel.RequireTracing();
        bool isThere = KernelVersion.Current >= new KernelVersion(major, minor, 0);

        Assert.Equal(
            isThere ? KernelFeatureState.Supported : KernelFeatureState.Unsupported,
            KernelFeatures.Current.Probe(feature));
    }

    [Fact]
    public void KernelFeatures_EveryProbe_SettlesTheMatter()
    {
        LiveKernel.RequireTracing();

        Assert.DoesNotContain(
            Enum.GetValues<KernelFeature>(),
            feature => KernelFeatures.Current.Probe(feature) == KernelFeatureState.Unknown);
    }

    [Fact]
    public void Tracefs_KnownTracepoint_HasAnId()
    {
        Tracefs tracefs = TracefsMount.Require();

        Assert.True(tracefs.TryGetEventId("sock", "inet_sock_set_state", out ulong id));
        Assert.NotEqual(0UL, id);
    }
}
