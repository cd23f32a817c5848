namespace TcpConnLat.Attach;

/// <summary>What probes are attached to.</summary>
internal static class ProbeHooks
{
    /// <summary>The kernel's name of the function or tracepoint.</summary>
    /// <param name="probe">The probe.</param>
    public static string Hook(this Probe probe) => probe switch
    {
        Probe.ConnectIPv4 => "tcp_v4_connect",
        Probe.ConnectIPv6 => "tcp_v6_connect",
        Probe.Arrival => "tcp_rcv_state_process",
        Probe.Reset => "tcp_receive_reset",
        Probe.SocketDestroyed => "tcp_destroy_sock",
        Probe.StateChange => "inet_sock_set_state",
        _ => throw new ArgumentOutOfRangeException(nameof(probe), probe, "not a probe"),
    };
}
