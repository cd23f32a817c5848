using System.Diagnostics.CodeAnalysis;
using BpfCore;

namespace TcpConnLat.Attach;

/// <summary>The arrival probes, which IPv4 and IPv6 share: each way is tried once.</summary>
/// <param name="attacher">Does the attaching.</param>
internal sealed class ArrivalProbes(IProbeAttacher attacher) : IDisposable
{
    private const int WayCount = (int)AttachWay.RawTp + 1;

    // Indexed by the way.
    private readonly IDisposable?[] _attached = new IDisposable?[WayCount];
    private readonly BpfException?[] _failed = new BpfException?[WayCount];

    /// <summary>Attaches the probe, unless it is attached already.</summary>
    /// <param name="way">The way.</param>
    /// <param name="reason">Why this way does not work, now or when it was first tried.</param>
    public bool TryAttach(AttachWay way, [NotNullWhen(false)] out BpfException? reason)
    {
        ref IDisposable? attached = ref _attached[(int)way];
        reason = _failed[(int)way];
        if (attached is null && reason is null && !attacher.TryAttach(Probe.Arrival, way, out attached, out reason))
        {
            _failed[(int)way] = reason;
        }

        return reason is null;
    }

    /// <summary>Hands over the probes that are needed; the others are detached by <see cref="Dispose"/>.</summary>
    /// <param name="ways">The ways in which connects are seen to start.</param>
    /// <param name="links">Takes the probes over.</param>
    public void HandOver(ReadOnlySpan<AttachWay?> ways, LinkStack links)
    {
        foreach (AttachWay? way in ways)
        {
            if (way is { } taken && _attached[(int)taken] is { } link)
            {
                _attached[(int)taken] = null;
                links.Push(link);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable? link in _attached)
        {
            link?.Dispose();
        }

        Array.Clear(_attached);
    }
}
