using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Owner of a kprobe or uprobe made through tracefs: removes it on disposal.</summary>
/// <remarks>The kernel refuses the removal while a perf event uses it, so those are closed first.</remarks>
internal sealed class TracefsEvent : IDisposable
{
    private readonly TracefsEvents _events;
    private bool _isRemoved;

    public TracefsEvent(TracefsEvents events, TracefsEventName name, ulong id)
    {
        _events = events;
        Name = name;
        Id = id;
    }

    /// <summary>Group and name below <c>events/</c>.</summary>
    public TracefsEventName Name { get; }

    /// <summary>The id that <c>perf_event_open</c> takes.</summary>
    public ulong Id { get; }

    /// <summary>How the removal ended; <see cref="Errno.None"/> before it.</summary>
    public Errno RemovalError { get; private set; }

    public void Dispose()
    {
        if (!_isRemoved)
        {
            _isRemoved = true;
            RemovalError = _events.Remove(Name);
        }
    }
}
