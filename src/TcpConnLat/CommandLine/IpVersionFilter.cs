namespace TcpConnLat.CommandLine;

/// <summary>Which connects to show, by the addresses on the wire. A v4-mapped IPv6 address counts as IPv4.</summary>
/// <remarks>The numbers are the values of <c>filter_ip_version</c> in <c>bpf/tcpconnlat.bpf.c</c>.</remarks>
internal enum IpVersionFilter : byte
{
    /// <summary>Both.</summary>
    Any = 0,

    /// <summary>IPv4 only.</summary>
    IPv4 = 4,

    /// <summary>IPv6 only.</summary>
    IPv6 = 6,
}
