using BpfCore.Diagnostics;

namespace TcpConnLat.Attach;

/// <summary>All probes in place. Disposing detaches them, the last one first.</summary>
/// <param name="links">The attachments in the order they were made; owned from now on.</param>
internal sealed class AttachedProbes(LinkStack links) : IDisposable
{
    /// <summary>How connects over IPv4 are seen.</summary>
    public required AttachWay IPv4 { get; init; }

    /// <summary>How connects over IPv6 are seen; null when they are not, under a forced way.</summary>
    public required AttachWay? IPv6 { get; init; }

    /// <summary>How the changes of state are seen, which end every connect.</summary>
    public required AttachWay StateChanges { get; init; }

    /// <summary>What was tried in vain, in order, with the reasons.</summary>
    public required IReadOnlyList<FallbackTaken> StepsDown { get; init; }

    /// <inheritdoc/>
    public void Dispose() => links.Dispose();
}
