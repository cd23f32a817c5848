using TcpConnLat.Attach;

namespace TcpConnLat.Doctor;

/// <summary>What came of attaching for real.</summary>
/// <param name="IPv4">How connects over IPv4 were seen; null when nothing could be attached.</param>
/// <param name="IPv6">How connects over IPv6 were seen; null when they were not.</param>
/// <param name="Problem">Why it failed, or why IPv6 is not seen; null when all is well.</param>
internal readonly record struct WayTrial(AttachWay? IPv4, AttachWay? IPv6, string? Problem)
{
    /// <summary>Whether tracing was possible.</summary>
    public bool Works => IPv4 is not null;
}
