namespace TcpConnLat.CommandLine;

/// <summary>Columns that a row has on request.</summary>
[Flags]
internal enum ExtraColumns
{
    /// <summary>Only the usual columns.</summary>
    None = 0,

    /// <summary>TIME(s) in front: seconds since the first row.</summary>
    Time = 1,

    /// <summary>LPORT after SADDR: the local port.</summary>
    LocalPort = 2,
}
