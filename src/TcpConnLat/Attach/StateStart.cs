namespace TcpConnLat.Attach;

/// <summary>
/// The variable <c>state_start</c> of the BPF programs (<c>enum state_start</c>): connects of which IP version start
/// when their state becomes SYN_SENT, because no entry probe sees them start.
/// </summary>
[Flags]
internal enum StateStart : uint
{
    /// <summary>Entry probes see all of them.</summary>
    None = 0,

    /// <summary>Those of IPv4.</summary>
    IPv4 = 1,

    /// <summary>Those of IPv6.</summary>
    IPv6 = 2,
}
