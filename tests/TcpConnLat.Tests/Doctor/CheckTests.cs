using BpfCore.Kernel;
using TcpConnLat.Doctor;
using Xunit;

namespace TcpConnLat.Tests.Doctor;

public sealed class CheckTests
{
    public static TheoryData<object> AllChecks =>
    [
        new KernelVersionCheck(),
        new BtfCheck(),
        new CapabilitiesCheck(),
        new LockdownCheck(),
        new TracefsCheck(),
        new KprobePmuCheck(),
        new PerfEventParanoidCheck(),
        new MemoryLockCheck(),
    ];

    [Theory]
    [MemberData(nameof(AllChecks), DisableDiscoveryEnumeration = true)]
    public void Judge_GoodSystem_IsOk(object check)
    {
        Assert.Equal(CheckStatus.Ok, ((ICheck)check).Judge(SampleFacts.Good).Status);
    }

    [Fact]
    public void KernelVersion_OlderThanExpected_IsANote()
    {
        CheckResult result = new KernelVersionCheck().Judge(SampleFacts.Good with { Version = new(5, 4, 7) });

        Assert.Equal(CheckStatus.Note, result.Status);
        Assert.Contains("5.4.7", result.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Btf_Missing_FailsAndNamesTheOption()
    {
        CheckResult result = new BtfCheck().Judge(SampleFacts.Good with { BtfBytes = null });

        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Contains("CONFIG_DEBUG_INFO_BTF", result.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, "CAP_BPF and CAP_PERFMON missing")]
    [InlineData(1UL << 39, "CAP_PERFMON missing")]
    [InlineData(1UL << 38, "CAP_BPF missing")]
    public void Capabilities_Missing_AreNamed(ulong held, string finding)
    {
        CheckResult result = new CapabilitiesCheck().Judge(SampleFacts.Good with { Capabilities = new(held) });

        Assert.Equal(new CheckResult(CheckStatus.Failed, finding, "run as root"), result);
    }

    [Fact]
    public void Capabilities_SysAdmin_StandsInForBoth()
    {
        CheckResult result = new CapabilitiesCheck().Judge(SampleFacts.Good with { Capabilities = new(1UL << 21) });

        Assert.Equal(CheckStatus.Ok, result.Status);
    }

    [Theory]
    [InlineData(LockdownMode.Integrity, CheckStatus.Ok)]
    [InlineData(LockdownMode.Confidentiality, CheckStatus.Note)]
    [InlineData(LockdownMode.Unknown, CheckStatus.Ok)]
    public void Lockdown_Mode_IsANoteOnlyWhereReadingIsForbidden(LockdownMode mode, object status)
    {
        Assert.Equal(status, new LockdownCheck().Judge(SampleFacts.Good with { Lockdown = mode }).Status);
    }

    [Fact]
    public void Tracefs_NotMounted_SaysHowToMountIt()
    {
        CheckResult result = new TracefsCheck().Judge(SampleFacts.Good with { TracefsMount = null });

        Assert.Equal(CheckStatus.Note, result.Status);
        Assert.Equal("mount -t tracefs tracefs /sys/kernel/tracing", result.Advice);
    }

    [Fact]
    public void Tracefs_WithoutKprobeEvents_IsANote()
    {
        CheckResult result = new TracefsCheck().Judge(SampleFacts.Good with { HasKprobeEvents = false });

        Assert.Equal(CheckStatus.Note, result.Status);
        Assert.Contains("CONFIG_KPROBE_EVENTS", result.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void KprobePmu_Missing_IsANote()
    {
        Assert.Equal(
            CheckStatus.Note, new KprobePmuCheck().Judge(SampleFacts.Good with { KprobePmuType = null }).Status);
    }

    [Theory]
    [InlineData("2", false, CheckStatus.Note)]
    [InlineData("0", false, CheckStatus.Ok)]
    [InlineData("-1", false, CheckStatus.Ok)]
    [InlineData("3", false, CheckStatus.Note)]
    [InlineData("4", true, CheckStatus.Ok)]
    [InlineData(null, true, CheckStatus.Note)]
    public void PerfEventParanoid_BindsOnlyTheUnprivileged(string? level, bool isPrivileged, object status)
    {
        SystemFacts facts = SampleFacts.Good with
        {
            PerfEventParanoid = level,
            Capabilities = new(isPrivileged ? ulong.MaxValue : 0),
        };

        Assert.Equal(status, new PerfEventParanoidCheck().Judge(facts).Status);
    }

    [Fact]
    public void PerfEventParanoid_LevelOfDebian_BindsAProcessWithOnlyPerfMon()
    {
        SystemFacts facts = SampleFacts.Good with
        {
            PerfEventParanoid = "3",
            Capabilities = new((1UL << (int)Capability.PerfMon) | (1UL << (int)Capability.Bpf)),
        };

        CheckResult result = new PerfEventParanoidCheck().Judge(facts);

        Assert.Equal(CheckStatus.Note, result.Status);
        Assert.Contains("CAP_SYS_ADMIN", result.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KernelFeatureState.Supported, "65536", CheckStatus.Ok)]
    [InlineData(KernelFeatureState.Unsupported, "65536", CheckStatus.Note)]
    [InlineData(KernelFeatureState.Unsupported, "unlimited", CheckStatus.Ok)]
    [InlineData(KernelFeatureState.Unknown, null, CheckStatus.Note)]
    public void MemoryLock_BindsOnlyOlderKernels(KernelFeatureState accounting, string? limit, object status)
    {
        SystemFacts facts = SampleFacts.Good with { MemoryCgroupAccounting = accounting, LockedMemoryLimit = limit };

        Assert.Equal(status, new MemoryLockCheck().Judge(facts).Status);
    }

    [Fact]
    public void SoftLimit_LimitsTable_IsTheFirstNumber()
    {
        const string Table = """
            Limit                     Soft Limit           Hard Limit           Units
            Max open files            1024                 524288               files
            Max locked memory         8388608              unlimited            bytes
            """;

        Assert.Equal("8388608", LimitsFile.SoftLimit(Table, "Max locked memory"));
        Assert.Null(LimitsFile.SoftLimit(Table, "Max nice priority"));
        Assert.Null(LimitsFile.SoftLimit(null, "Max locked memory"));
    }

    [Fact]
    public void Gather_RunningSystem_KnowsItsVersionAndCapabilities()
    {
        SystemFacts facts = SystemFacts.Gather();

        Assert.Equal(KernelVersion.Current, facts.Version);
        Assert.Equal(CapabilitySet.Effective(), facts.Capabilities);
        Assert.NotNull(facts.PerfEventParanoid);
        Assert.NotNull(facts.LockedMemoryLimit);
    }
}
