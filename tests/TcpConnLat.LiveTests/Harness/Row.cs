using System.Globalization;
using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A row of the tool.</summary>
/// <param name="Seconds">TIME(s), if it was asked for.</param>
/// <param name="ProcessId">PID.</param>
/// <param name="Comm">COMM without its padding.</param>
/// <param name="IpVersion">IP.</param>
/// <param name="Source">SADDR.</param>
/// <param name="LocalPort">LPORT, if it was asked for.</param>
/// <param name="Destination">DADDR.</param>
/// <param name="DestinationPort">DPORT.</param>
/// <param name="Milliseconds">LAT(ms) as printed, with two decimals.</param>
internal sealed record Row(
    decimal? Seconds,
    int ProcessId,
    string Comm,
    int IpVersion,
    IPAddress Source,
    int? LocalPort,
    IPAddress Destination,
    int DestinationPort,
    decimal Milliseconds)
{
    /// <summary>
    /// The line as <c>[%-9.3f ]%-6d %-12.12s %-2d %-16s [%-6d ]%-16s %-5d %.2f</c> prints it, which is what
    /// libbpf-tools' tcpconnlat does.
    /// </summary>
    public override string ToString()
    {
        string time = Seconds is { } seconds ? Invariant($"{seconds,-9:F3} ") : "";
        string port = LocalPort is { } local ? Invariant($"{local,-6} ") : "";
        return Invariant($"{time}{ProcessId,-6} {Comm,-12} {IpVersion,-2} {Source,-16} ")
            + Invariant($"{port}{Destination,-16} {DestinationPort,-5} {Milliseconds:F2}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
