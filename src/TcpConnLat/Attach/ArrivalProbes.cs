using BpfCore;

namespace TcpConnLat.Attach;

/// <summary>The arrival probes, which IPv4 and IPv6 share: each way is tried once.</summary>
/// <param name="attacher">Does the attaching.</param>
internal sealed class ArrivalProbes(IProbeAttacher attacher) : IDisposable
{
    private readonly Dictionary<AttachWay, IDisposable> _attached = [];
    private readonly Dictionary<AttachWay, BpfException> _failed = [];

    /// <summary>Attaches the probe, unless it is attached already.</summary>
    /// <param name="way">The way.</param>
    /// <exception cref="BpfException">This way does not work, now or when it was first tried.</exception>
    public void Attach(AttachWay way)
    {
        if (_failed.TryGetValue(way, out BpfException? reason))
        {
            throw reason;
        }

        if (_attached.ContainsKey(way))
        {
            return;
        }

        try
        {
            _attached.Add(way, attacher.Attach(Probe.Arrival, way));
        }
        catch (BpfException error)
        {
            _failed.Add(way, error);
            throw;
        }
    }

    /// <summary>Hands over the probes that are needed; the others are detached by <see cref="Dispose"/>.</summary>
    /// <param name="ways">The ways in which connects are seen to start.</param>
    /// <param name="links">Takes the probes over.</param>
    public void HandOver(IReadOnlyCollection<AttachWay?> ways, LinkStack links)
    {
        foreach ((AttachWay way, IDisposable link) in _attached)
        {
            if (ways.Contains(way))
            {
                _attached.Remove(way);
                links.Push(link);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable link in _attached.Values)
        {
            link.Dispose();
        }

        _attached.Clear();
    }
}
