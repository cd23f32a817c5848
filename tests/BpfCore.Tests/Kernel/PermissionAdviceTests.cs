using BpfCore.Kernel;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class PermissionAdviceTests
{
    private const string Everything = "000001ffffffffff";
    private const string Nothing = "0000000000000000";

    [Fact]
    public void For_BpfRefusedWithoutCapabilities_NamesThem()
    {
        Assert.Equal("CAP_BPF and CAP_PERFMON missing, run as root", Advice("bpf(BPF_PROG_LOAD)", Nothing));
        Assert.Equal("CAP_PERFMON missing, run as root", Advice("perf_event_open", Nothing));
    }

    [Fact]
    public void For_BpfRefusedBefore58_NamesSysAdmin()
    {
        Assert.Equal("CAP_SYS_ADMIN missing, run as root", Advice("bpf(BPF_PROG_LOAD)", Nothing, release: "5.4.0"));
    }

    [Fact]
    public void For_BpfRefusedWithAllCapabilities_NamesNone()
    {
        string? advice = Advice("bpf(BPF_PROG_LOAD)", Everything);

        Assert.Contains("no capability is missing", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("CAP_", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void For_BpfRefusedUnderLockdown_NamesIt()
    {
        string? advice = Advice("bpf(BPF_PROG_LOAD)", Everything, lockdown: "none integrity [confidentiality]");

        Assert.Contains("confidentiality", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void For_MapRefusedBeforeMemoryCgroups_NamesTheLimit()
    {
        string? advice = Advice("bpf(BPF_MAP_CREATE)", Everything, release: "5.4.0");

        Assert.Contains("ulimit -l", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void For_PerfEventRefusedAtDebiansLevel_NamesTheSetting()
    {
        // CAP_BPF (39) and CAP_PERFMON (38)
        string? advice = Advice("perf_event_open", "000000c000000000", paranoid: "3");

        Assert.Contains("kernel.perf_event_paranoid=3", advice, StringComparison.Ordinal);
        Assert.Contains("CAP_SYS_ADMIN", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void For_MmapRefused_NamesTheLockedMemoryOfPerf()
    {
        Assert.Contains("perf_event_mlock_kb", Advice("mmap", Nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void For_ErrorThatSaysEnough_IsNull()
    {
        using FakeTree tree = new();

        Assert.Null(PermissionAdvice.For(tree.Files, "bpf(BPF_PROG_LOAD)", Errno.EINVAL));
    }

    private static string? Advice(
        string call,
        string capabilities,
        string release = "6.18.0",
        string lockdown = "[none] integrity",
        string paranoid = "2")
    {
        using FakeTree tree = new();
        tree.With("proc/self/status", $"CapEff:\t{capabilities}\n")
            .With("proc/sys/kernel/osrelease", release)
            .With("proc/sys/kernel/perf_event_paranoid", paranoid)
            .With("sys/kernel/security/lockdown", lockdown);
        return PermissionAdvice.For(tree.Files, call, Errno.EPERM);
    }
}
