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
    /// <exception cref="BpfException">This way does not work, now or when it was first tried.</exception>
    public void Attach(AttachWay way)
    {
        if (_failed[(int)way] is { } reason)
        {
            throw reason;
        }

        try
        {
            _attached[(int)way] ??= attacher.Attach(Probe.Arrival, way);
        }
        catch (BpfException error)
        {
            _failed[(int)way] = error;
            throw;
        }
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
