using BpfCore.Specs;

namespace TcpConnLat.Attach;

/// <summary>Which program serves a probe.</summary>
internal static class ProbePrograms
{
    /// <summary>The program that serves a probe in one way; both kprobe ways share theirs.</summary>
    /// <param name="programs">The programs of the object.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="way">The way.</param>
    /// <exception cref="ArgumentOutOfRangeException">The way does not serve such a probe.</exception>
    public static ProgramSpec Of(this ConnectBpf.ProgramSpecs programs, Probe probe, AttachWay way) =>
        (probe, way) switch
        {
            (Probe.ConnectIPv4, AttachWay.Fentry) => programs.FentryTcpV4Connect,
            (Probe.ConnectIPv6, AttachWay.Fentry) => programs.FentryTcpV6Connect,
            (Probe.Arrival, AttachWay.Fentry) => programs.FentryTcpRcvStateProcess,
            (Probe.ConnectIPv4, AttachWay.Kprobe or AttachWay.KprobeTracefs) => programs.KprobeTcpV4Connect,
            (Probe.ConnectIPv6, AttachWay.Kprobe or AttachWay.KprobeTracefs) => programs.KprobeTcpV6Connect,
            (Probe.Arrival, AttachWay.Kprobe or AttachWay.KprobeTracefs) => programs.KprobeTcpRcvStateProcess,
            (Probe.Reset, AttachWay.TpBtf) => programs.TpBtfTcpReceiveReset,
            (Probe.SocketDestroyed, AttachWay.TpBtf) => programs.TpBtfTcpDestroySock,
            (Probe.StateChange, AttachWay.TpBtf) => programs.TpBtfInetSockSetState,
            (Probe.Reset, AttachWay.RawTp) => programs.RawTpTcpReceiveReset,
            (Probe.SocketDestroyed, AttachWay.RawTp) => programs.RawTpTcpDestroySock,
            (Probe.StateChange, AttachWay.RawTp) => programs.RawTpInetSockSetState,
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, $"no way to serve the probe {probe}"),
        };
}
