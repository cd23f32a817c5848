using TcpConnLat.Attach;
using TcpConnLat.Doctor;
using Xunit;

namespace TcpConnLat.Tests.Doctor;

public sealed class ExaminationTests
{
    [Fact]
    public void Run_StateChangesOnly_ReportsEveryCheckAndWay()
    {
        SystemFacts facts = SampleFacts.Good with { TracefsMount = null, KprobePmuType = null };
        FakeWayTester tester = new FakeWayTester { Choice = new(AttachWay.TpBtf, AttachWay.TpBtf, null) }
            .Answer(AttachWay.TpBtf, AttachWay.TpBtf)
            .Answer(AttachWay.RawTp, AttachWay.RawTp);

        bool canRun = new Examination(facts, tester).Run(out string report);

        Assert.True(canRun);
        Assert.Equal(
            """
            This system:
              ok    kernel               6.18.44
              ok    kernel BTF           /sys/kernel/btf/vmlinux, 5500000 bytes
              ok    capabilities         CAP_BPF and CAP_PERFMON are granted
              ok    lockdown             none
              note  tracefs              not mounted or not accessible: rules out
                                         kprobe-tracefs
                                         -> mount -t tracefs tracefs /sys/kernel/tracing
              note  kprobe PMU           none (Linux 4.17 with CONFIG_KPROBE_EVENTS has it):
                                         rules out kprobe
              ok    perf_event_paranoid  2, which does not bind a process with CAP_PERFMON
              ok    memory lock          8388608 bytes; does not count for BPF (Linux 5.11)

            Ways to attach, best first, each one tried:
              no    fentry               fentry is refused (EPERM)
              no    kprobe               kprobe is refused (EPERM)
              no    kprobe-tracefs       kprobe-tracefs is refused (EPERM)
              yes   tp_btf               works
              yes   raw_tp               works

            tcpconnlat can run here. It takes tp_btf, the best that works. LAT runs from the
            state becoming SYN_SENT to the state leaving it.

            """,
            report);
    }

    [Fact]
    public void Run_IPv6StepsDown_NamesBothWays()
    {
        FakeWayTester tester = new() { Choice = new(AttachWay.Fentry, AttachWay.TpBtf, null) };

        new Examination(SampleFacts.Good, tester).Run(out string report);

        Assert.Contains("It takes fentry for IPv4 and tp_btf for IPv6", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WayWithoutIPv6_SaysSo()
    {
        FakeWayTester tester = new FakeWayTester { Choice = new(AttachWay.Fentry, AttachWay.Fentry, null) }
            .Answer(AttachWay.Fentry, ipv6: null, "tcp_v6_connect is missing");

        new Examination(SampleFacts.Good, tester).Run(out string report);

        Assert.Contains("works for IPv4 only: tcp_v6_connect is missing", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingCapabilities_SaysSoAndWhatToDo()
    {
        SystemFacts facts = SampleFacts.Good with { Capabilities = new(0) };

        bool canRun = new Examination(facts, new FakeWayTester()).Run(out string report);

        Assert.False(canRun);
        Assert.Contains("tried, though without the capabilities", report, StringComparison.Ordinal);
        Assert.EndsWith(
            "tcpconnlat cannot run here. CAP_BPF and CAP_PERFMON missing: run as root\n",
            report,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingWorksForAnotherReason_GivesThatReason()
    {
        bool canRun = new Examination(SampleFacts.Good, new FakeWayTester()).Run(out string report);

        Assert.False(canRun);
        Assert.EndsWith("tcpconnlat cannot run here. no way works\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EveryWay_IsTriedOnceBestFirstAndThenTheChoice()
    {
        FakeWayTester tester = new();

        new Examination(SampleFacts.Good, tester).Run(out _);

        Assert.Equal([.. AttachWayNames.BestFirst.Cast<AttachWay?>(), null], tester.Tried);
    }
}
