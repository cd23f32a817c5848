using System.Runtime.InteropServices;
using BpfCore.Specs;
using TcpConnLat.Attach;
using Xunit;

namespace TcpConnLat.Tests.Attach;

public sealed class ObjectImageTests
{
    public static TheoryData<Architecture> Architectures => [Architecture.X64, Architecture.Arm64];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Read_EveryWay_HasItsProgramsAndTargets(Architecture architecture)
    {
        BpfObjectSpec spec = ObjectImage.Read(architecture);

        foreach (AttachWay way in AttachWayNames.BestFirst)
        {
            bool isEntryWay = way is AttachWay.Fentry or AttachWay.Kprobe or AttachWay.KprobeTracefs;
            Assert.All(Probes(isEntryWay), probe => AssertHooked(spec.Programs[ProgramNames.Of(probe, way)], probe));
        }

        Assert.Equal(12, spec.Programs.Count);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Read_Variables_HaveTheSizesThatTheToolWrites(Architecture architecture)
    {
        BpfObjectSpec spec = ObjectImage.Read(architecture);

        Assert.Equal(0u, spec.Variables["filter_tgid"].Get<uint>());
        Assert.Equal(0ul, spec.Variables["filter_min_ns"].Get<ulong>());
        Assert.Equal((byte)0, spec.Variables["filter_ip_version"].Get<byte>());
        Assert.Equal((uint)(StateStart.IPv4 | StateStart.IPv6), spec.Variables["state_start"].Get<uint>());
        Assert.False(spec.Variables["state_start"].IsConstant);
        Assert.All(
            ["lost_events", "lost_ringless", "lost_refused", "lost_starts", "clock_anomalies"],
            name => Assert.Equal(8u, spec.Variables[name].Size));
    }

    [Fact]
    public void Read_OtherProcessor_IsRefusedByName()
    {
        PlatformNotSupportedException error = Assert.Throws<PlatformNotSupportedException>(
            () => ObjectImage.Read(Architecture.S390x));

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
        Assert.Equal(ProgramNames.Hook(probe), hook);
    }
}
