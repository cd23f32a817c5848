using System.Diagnostics.CodeAnalysis;
using BpfCore;
using BpfCore.Diagnostics;

namespace TcpConnLat.Attach;

/// <summary>
/// Attaches the probes in the best way that works, apart for IPv4 and IPv6, and keeps the reason of each step down.
/// </summary>
/// <remarks>
/// An entry way (fentry, kprobe) is a pair: the start of a connect and the arrival of its answer, so that one span
/// never mixes two ways. Where no pair works, connects start at the change of state, and the tracepoints alone tell
/// everything. They come last in any case: once they are attached, rows can appear.
/// </remarks>
internal sealed class AttachLadder
{
    private const string NotShown = "not shown";

    // In this order: once the last one is attached, rows can appear.
    private static readonly Probe[] s_tracepoints = [Probe.Reset, Probe.SocketDestroyed, Probe.StateChange];

    private readonly IProbeAttacher _attacher;
    private readonly LadderRungs _rungs;
    private readonly BpfObserver? _observer;
    private readonly LinkStack _links;
    private readonly ArrivalProbes _arrivals;
    private readonly List<FallbackTaken> _stepsDown = [];

    private AttachLadder(
        IProbeAttacher attacher, LadderRungs rungs, BpfObserver? observer, LinkStack links, ArrivalProbes arrivals)
    {
        _attacher = attacher;
        _rungs = rungs;
        _observer = observer;
        _links = links;
        _arrivals = arrivals;
    }

    /// <summary>Attaches all probes.</summary>
    /// <param name="attacher">Does the attaching.</param>
    /// <param name="forcedWay">The only way to take, or null for the best one that works.</param>
    /// <param name="observer">Told of each step down, or null.</param>
    /// <exception cref="AttachException">No permitted way works; nothing stays attached.</exception>
    /// <exception cref="BpfException">Something else failed; nothing stays attached.</exception>
    public static AttachedProbes Climb(IProbeAttacher attacher, AttachWay? forcedWay, BpfObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(attacher);
        using ArrivalProbes arrivals = new(attacher);
        LinkStack links = new();
        try
        {
            return new AttachLadder(attacher, new LadderRungs(forcedWay), observer, links, arrivals).Climb();
        }
        catch
        {
            links.Dispose();
            throw;
        }
    }

    private AttachedProbes Climb()
    {
        AttachWay? entryIPv4 = AttachEntry(Probe.ConnectIPv4, WayAfterEntries(entryIPv4: null));
        AttachWay? entryIPv6 = AttachEntry(Probe.ConnectIPv6, WayAfterEntries(entryIPv4));
        _arrivals.HandOver([entryIPv4, entryIPv6], _links);
        _attacher.SetStateStart(StartsAtStateChange(entryIPv4, entryIPv6));
        AttachWay stateChanges = AttachStateChanges(entryIPv4);
        return new AttachedProbes(_links)
        {
            IPv4 = entryIPv4 ?? stateChanges,
            IPv6 = entryIPv6 ?? (_rungs.AllowsStartAtStateChange ? stateChanges : null),
            StateChanges = stateChanges,
            StepsDown = _stepsDown,
        };
    }

    private StateStart StartsAtStateChange(AttachWay? entryIPv4, AttachWay? entryIPv6)
    {
        if (!_rungs.AllowsStartAtStateChange)
        {
            return StateStart.None;
        }

        return (entryIPv4 is null ? StateStart.IPv4 : StateStart.None)
            | (entryIPv6 is null ? StateStart.IPv6 : StateStart.None);
    }

    private string WayAfterEntries(AttachWay? entryIPv4) =>
        _rungs.AllowsStartAtStateChange ? _rungs.StateChangeWays(entryIPv4)[0].Name() : NotShown;

    private AttachWay? AttachEntry(Probe start, string afterAll)
    {
        IReadOnlyList<AttachWay> ways = _rungs.EntryWays;
        for (int index = 0; index < ways.Count; index++)
        {
            if (_arrivals.TryAttach(ways[index], out BpfException? reason)
                && _attacher.TryAttach(start, ways[index], out IDisposable? link, out reason))
            {
                _links.Push(link);
                return ways[index];
            }

            if (!_rungs.AllowsStartAtStateChange && start != Probe.ConnectIPv6)
            {
                throw Failed(ways[index], reason);
            }

            StepDown(start, ways[index], index + 1 < ways.Count ? ways[index + 1].Name() : afterAll, reason);
        }

        return null;
    }

    private AttachWay AttachStateChanges(AttachWay? entryIPv4)
    {
        IReadOnlyList<AttachWay> ways = _rungs.StateChangeWays(entryIPv4);
        for (int index = 0; ; index++)
        {
            if (TryAttachTracepoints(ways[index], out BpfException? reason))
            {
                return ways[index];
            }

            if (index + 1 == ways.Count)
            {
                throw Failed(ways[index], reason);
            }

            StepDown(Probe.StateChange, ways[index], ways[index + 1].Name(), reason);
        }
    }

    // All or none: a way that cannot serve one of them leaves no other of its probes behind.
    private bool TryAttachTracepoints(AttachWay way, [NotNullWhen(false)] out BpfException? reason)
    {
        LinkStack links = new();
        try
        {
            reason = null;
            foreach (Probe probe in s_tracepoints)
            {
                if (!_attacher.TryAttach(probe, way, out IDisposable? link, out reason))
                {
                    return false;
                }

                links.Push(link);
            }

            _links.Push(links);
            links = new LinkStack();
            return true;
        }
        finally
        {
            links.Dispose();
        }
    }

    private void StepDown(Probe probe, AttachWay from, string to, BpfException error)
    {
        FallbackTaken step = new(probe.Hook(), from.Name(), to, error.Message);
        _stepsDown.Add(step);
        _observer?.OnFallback(step);
    }

    private AttachException Failed(AttachWay way, BpfException error) => new(
        _rungs.ForcedWay is null
            ? $"no way to attach works here; the last one, {way.Name()}: {error.Message}; "
                + "'tcpconnlat doctor' shows them all"
            : $"{way.Name()} does not work here: {error.Message}; --attach auto takes the best way that works",
        error);
}
