using TcpConnLat.CommandLine;

namespace TcpConnLat.Output;

/// <summary>
/// Header and rows of the table, byte for byte as libbpf-tools' tcpconnlat prints them:
/// <c>%-6d %-12.12s %-2d %-16s %-16s %-5d %.2f</c>, with <c>%-9.3f</c> in front (<c>-t</c>) and <c>%-6d</c> after the
/// first address (<c>-L</c>).
/// </summary>
/// <param name="columns">The columns beyond the usual ones.</param>
internal readonly struct RowFormat(ExtraColumns columns)
{
    /// <summary>
    /// The room for a row: no row is longer than 155 bytes (two IPv6 addresses, every number at its largest), and some
    /// is for what <see cref="RowCursor"/> stores behind a column.
    /// </summary>
    public const int MaximumRowBytes = 224;

    private const int TimeWidth = 9;
    private const int ProcessIdWidth = 6;
    private const int CommandWidth = 12;
    private const int IpVersionWidth = 2;
    private const int AddressWidth = 16;
    private const int LocalPortWidth = 6;
    private const int PortWidth = 5;
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerMillisecond = 1e6;

    private readonly bool _hasTime = columns.HasFlag(ExtraColumns.Time);
    private readonly bool _hasLocalPort = columns.HasFlag(ExtraColumns.LocalPort);

    /// <summary>The header line with its newline.</summary>
    public ReadOnlySpan<byte> Header => (_hasTime, _hasLocalPort) switch
    {
        (false, false) => "PID    COMM         IP SADDR            DADDR            DPORT LAT(ms)\n"u8,
        (false, true) => "PID    COMM         IP SADDR            LPORT  DADDR            DPORT LAT(ms)\n"u8,
        (true, false) => "TIME(s)   PID    COMM         IP SADDR            DADDR            DPORT LAT(ms)\n"u8,
        (true, true) => "TIME(s)   PID    COMM         IP SADDR            LPORT  DADDR            DPORT LAT(ms)\n"u8,
    };

    /// <summary>Writes the row of an event.</summary>
    /// <param name="row">Where to write, at least <see cref="MaximumRowBytes"/>.</param>
    /// <param name="connect">The event.</param>
    /// <param name="firstNanoseconds">Timestamp of the first event, from which TIME(s) counts.</param>
    /// <returns>The number of bytes written, newline included.</returns>
    public int WriteRow(Span<byte> row, in ConnectBpf.Event connect, ulong firstNanoseconds)
    {
        RowCursor cursor = new(row);
        if (_hasTime)
        {
            // Events of several CPUs can come out of order: the difference has a sign.
            long elapsed = unchecked((long)(connect.TimestampNs - firstNanoseconds));
            cursor.Fixed(elapsed / NanosecondsPerSecond, decimals: 3, TimeWidth);
        }

        cursor.Number(connect.Tgid, ProcessIdWidth);
        cursor.Command(connect.Comm, CommandWidth);
        cursor.Number(connect.IpVersion, IpVersionWidth);
        cursor.Address(connect.Saddr, connect.IpVersion, AddressWidth);
        if (_hasLocalPort)
        {
            cursor.Number(connect.Lport, LocalPortWidth);
        }

        cursor.Address(connect.Daddr, connect.IpVersion, AddressWidth);
        cursor.Number(connect.Dport, PortWidth);
        cursor.End(connect.LatencyNs / NanosecondsPerMillisecond, decimals: 2);
        return cursor.Length;
    }
}
