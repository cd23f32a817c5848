namespace TcpConnLat.Events;

/// <summary>How a connect was answered: <c>enum outcome</c> of <c>bpf/tcpconnlat.h</c>.</summary>
/// <remarks>0 is never sent: a connect that was not answered gives no event.</remarks>
internal enum ConnectOutcome : byte
{
    /// <summary>By SYN-ACK (or by SYN: a simultaneous open). The connection is established.</summary>
    Established = 1,

    /// <summary>By RST: the connection was refused.</summary>
    Reset = 2,
}
