using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class CapabilitySetTests
{
    [Fact]
    public void Parse_Status_TakesTheEffectiveSet()
    {
        CapabilitySet set = CapabilitySet.Parse("Name:\tx\nCapPrm:\t000001ffffffffff\nCapEff:\t0000008000000000\n");

        Assert.Equal(0x8000000000UL, set.Bits);
        Assert.True(set.Contains(Capability.Bpf));
        Assert.False(set.Contains(Capability.PerfMon));
    }

    [Fact]
    public void Grants_SysAdmin_CoversBpfAndPerfMonOnly()
    {
        CapabilitySet set = new(1UL << (int)Capability.SysAdmin);

        Assert.True(set.Grants(Capability.Bpf));
        Assert.True(set.Grants(Capability.PerfMon));
        Assert.False(set.Grants(Capability.NetAdmin));
        Assert.False(set.Contains(Capability.Bpf));
    }

    [Fact]
    public void Missing_SomeGranted_ListsTheOthersInOrder()
    {
        CapabilitySet set = new(1UL << (int)Capability.Bpf);

        Assert.Equal(
            [Capability.PerfMon, Capability.IpcLock],
            set.Missing(Capability.Bpf, Capability.PerfMon, Capability.IpcLock));
    }

    [Theory]
    [InlineData("Name:\tx\n")]
    [InlineData("CapEff:\txyz\n")]
    public void Parse_NoNumber_Throws(string status)
    {
        Assert.Throws<KernelFeatureException>(() => CapabilitySet.Parse(status));
    }
}
