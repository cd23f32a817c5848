using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// Makes, lists and removes events through a control file of tracefs
/// (<c>Documentation/trace/kprobetrace.rst</c>, <c>uprobetracer.rst</c>).
/// </summary>
internal sealed class TracefsEvents(
    SystemCalls calls, KernelFiles files, Tracefs tracefs, TracefsEventKind kind)
{
    private const int NameAttempts = 100;
    private const int RemovalAttempts = 50;

    private static int s_lastNumber;

    /// <summary>The control file's name, for messages.</summary>
    public string ControlFile => Tracefs.ControlFileOf(kind);

    /// <summary>The call's name in messages.</summary>
    public string WriteCall => $"write({ControlFile})";

    /// <summary>Makes an event.</summary>
    /// <param name="probe">Where it hits, and when.</param>
    /// <param name="created">The event; disposing it removes it.</param>
    /// <param name="error">Why the kernel refused: ENOENT for a symbol that is not there.</param>
    public bool TryCreate(in TracefsProbe probe, [NotNullWhen(true)] out TracefsEvent? created, out Errno error)
    {
        ProcessIdentity owner = ProcessIdentity.Current(files);
        created = null;
        error = Errno.EEXIST;

        // Another copy of this library in the process may count as well: a name in use is no reason to give up.
        for (int attempt = 0; attempt < NameAttempts && error == Errno.EEXIST; attempt++)
        {
            int number = Interlocked.Increment(ref s_lastNumber);
            TracefsEventName name = TracefsEventName.Create(owner, number, probe.Symbol, probe.IsReturn);
            error = Write($"{probe.Command}:{name} {probe.Location}\n");
            if (error == Errno.None)
            {
                return TryOwn(name, out created, out error);
            }
        }

        return false;
    }

    /// <summary>Events of this library, of whatever process.</summary>
    public List<TracefsEventName> List()
    {
        List<TracefsEventName> names = [];
        foreach (ReadOnlySpan<char> line in tracefs.TryReadControl(kind).AsSpan().EnumerateLines())
        {
            if (TracefsEventName.TryParseLine(line, out TracefsEventName name) && name.TryGetOwner(out _))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Removes what processes left behind that were killed. Returns the number of events removed.</summary>
    /// <remarks>Events of other pid namespaces stay: whether their owners live cannot be seen from here.</remarks>
    public int RemoveLeftovers()
    {
        int removed = 0;
        List<TracefsEventName> names = List();
        if (names.Count == 0)
        {
            return 0;
        }

        ulong space = ProcessIdentity.Current(files).Namespace;
        foreach (TracefsEventName name in names)
        {
            if (name.TryGetOwner(out ProcessIdentity owner)
                && owner.Namespace == space
                && !owner.IsAlive(files)
                && Remove(name) == Errno.None)
            {
                removed++;
            }
        }

        return removed;
    }

    /// <summary>
    /// Removes an event. Its last user may still be on the way out, so EBUSY is tried again for a while.
    /// </summary>
    public Errno Remove(TracefsEventName name)
    {
        Errno error = Write($"-:{name}\n");
        for (int attempt = 0; attempt < RemovalAttempts && error == Errno.EBUSY; attempt++)
        {
            Thread.Sleep(1);
            error = Write($"-:{name}\n");
        }

        return error;
    }

    private bool TryOwn(TracefsEventName name, [NotNullWhen(true)] out TracefsEvent? created, out Errno error)
    {
        created = null;
        error = Errno.None;
        if (tracefs.TryGetEventId(name.Group, name.Event, out ulong id))
        {
            created = new TracefsEvent(this, name, id);
            return true;
        }

        Remove(name);
        error = Errno.ENOENT;
        return false;
    }

    private Errno Write(string command)
    {
        string path = tracefs.ControlPath(kind);
        if (!calls.Files.TryOpen(path, FileAccessMode.Append, out SafeFdHandle? file, out Errno error))
        {
            return error;
        }

        using (file)
        {
            return calls.Files.Write(file, command);
        }
    }
}
