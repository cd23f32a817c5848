namespace TcpConnLat.Attach;

/// <summary>Names of the programs in <c>bpf/tcpconnlat.bpf.c</c>.</summary>
internal static class ProgramNames
{
    /// <summary>The program that serves a probe in one way, for example <c>fentry_tcp_v4_connect</c>.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="way">The way; both kprobe ways share their programs.</param>
    public static string Of(Probe probe, AttachWay way) => $"{Prefix(way)}_{Hook(probe)}";

    /// <summary>The kernel's name of the function or tracepoint.</summary>
    /// <param name="probe">The probe.</param>
    public static string Hook(Probe probe) => probe switch
    {
        Probe.ConnectIPv4 => "tcp_v4_connect",
        Probe.ConnectIPv6 => "tcp_v6_connect",
        Probe.Arrival => "tcp_rcv_state_process",
        Probe.Reset => "tcp_receive_reset",
        Probe.SocketDestroyed => "tcp_destroy_sock",
        Probe.StateChange => "inet_sock_set_state",
        _ => throw new ArgumentOutOfRangeException(nameof(probe), probe, "not a probe"),
    };

    private static string Prefix(AttachWay way) =>
        way == AttachWay.KprobeTracefs ? AttachWay.Kprobe.Name() : way.Name();
}
