namespace TcpConnLat.Attach;

/// <summary>The places in the kernel that tcpconnlat watches.</summary>
internal enum Probe
{
    /// <summary>Entering <c>tcp_v4_connect</c>: an IPv4 connect starts.</summary>
    ConnectIPv4,

    /// <summary>Entering <c>tcp_v6_connect</c>: a connect of an IPv6 socket starts.</summary>
    ConnectIPv6,

    /// <summary>Entering <c>tcp_rcv_state_process</c>: the answer arrives.</summary>
    Arrival,

    /// <summary>Tracepoint <c>tcp_receive_reset</c>: the answer is an RST.</summary>
    Reset,

    /// <summary>Tracepoint <c>tcp_destroy_sock</c>: the socket goes away.</summary>
    SocketDestroyed,

    /// <summary>Tracepoint <c>inet_sock_set_state</c>: a connect ends; without entry probe it also starts.</summary>
    StateChange,
}
