using System.Runtime.InteropServices;
using BpfCore.Specs;
using TcpConnLat.Attach;
using Xunit;

namespace TcpConnLat.Tests.Attach;

public sealed class ConnectBpfTests
{
    public static TheoryData<Architecture> Architectures => [Architecture.X64, Architecture.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Open_EveryWay_HasItsProgramsAndTargets(Architecture architecture)
    {
        ConnectBpf.Spec spec = ConnectBpf.Open(architecture);

        foreach (AttachWay way in AttachWayNames.BestFirst)
        {
            bool isEntryWay = way is AttachWay.Fentry or AttachWay.Kprobe or AttachWay.KprobeTracefs;
            Assert.All(Probes(isEntryWay), probe => AssertHooked(spec.Programs.Of(probe, way), probe));
        }

        Assert.Equal(12, spec.Object.Programs.Count);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Open_Variables_BeginWithWhatTheSourceSays(Architecture architecture)
    {
        ConnectBpf.Spec spec = ConnectBpf.Open(architecture);

        Assert.Equal(0u, spec.Constants.FilterTgid);
        Assert.Equal(0ul, spec.Constants.FilterMinNs);
        Assert.Equal((byte)0, spec.Constants.FilterIpVersion);
        Assert.Equal((uint)(StateStart.IPv4 | StateStart.IPv6), spec.Variables.StateStart);
        Assert.Equal(0ul, spec.Variables.LostEvents | spec.Variables.LostRingless | spec.Variables.LostRefused);
        Assert.Equal(0ul, spec.Variables.LostStarts | spec.Variables.ClockAnomalies);
    }

    [Fact]
    public void Open_OtherProcessor_IsRefusedByName()
    {
        PlatformNotSupportedException error = Assert.Throws<PlatformNotSupportedException>(
            () => ConnectBpf.Open(Architecture.S390x));

        Assert.Contains("S390x", error.Message, StringComparison.Ordinal);
    }

    private static Probe[] Probes(bool isEntryWay) => isEntryWay
        ? [Probe.ConnectIPv4, Probe.ConnectIPv6, Probe.Arrival]
        : [Probe.Reset, Probe.SocketDestroyed, Probe.StateChange];

    private static void AssertHooked(ProgramSpec program, Probe probe)
    {
        string? hook = program.Target switch
        {
            KprobeTarget target => target.Function,
            TracingTarget target => target.Name,
            RawTracepointTarget target => target.Name,
            _ => null,
        };
        Assert.Equal(probe.Hook(), hook);
    }
}
