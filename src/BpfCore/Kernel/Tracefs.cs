using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>
/// The mounted tracefs (<c>Documentation/trace/ftrace.rst</c>): ids of tracepoints, events made at run time.
/// </summary>
public sealed class Tracefs
{
    /// <summary>What to say when there is none.</summary>
    internal const string NotMounted =
        "tracefs is not mounted or may not be read; mount it with: mount -t tracefs tracefs /sys/kernel/tracing";

    private static readonly string[] s_usualPlaces = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

    private readonly KernelFiles _files;

    private Tracefs(KernelFiles files, string mountPoint)
    {
        _files = files;
        MountPoint = mountPoint;
    }

    /// <summary>Where it is mounted.</summary>
    public string MountPoint { get; }

    /// <summary>Whether the kernel can make kprobes through it (<c>CONFIG_KPROBE_EVENTS</c>).</summary>
    public bool HasKprobeEvents => _files.Exists($"{MountPoint}/{ControlFileOf(TracefsEventKind.Kprobe)}");

    /// <summary>Whether the kernel can make uprobes through it (<c>CONFIG_UPROBE_EVENTS</c>).</summary>
    public bool HasUprobeEvents => _files.Exists($"{MountPoint}/{ControlFileOf(TracefsEventKind.Uprobe)}");

    /// <summary>The tracefs that this process can use, or null when none is mounted (or may be looked into).</summary>
    public static Tracefs? Find() => Find(KernelFiles.Host);

    /// <summary>The id that <c>perf_event_open</c> takes for a tracepoint.</summary>
    /// <param name="category">Category, for example <c>sock</c>.</param>
    /// <param name="name">Name, for example <c>inet_sock_set_state</c>.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when there is no such tracepoint or it may not be read.</returns>
    public bool TryGetEventId(string category, string name, out ulong id)
    {
        string? text = _files.TryRead($"{MountPoint}/events/{category}/{name}/id");
        return ulong.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    internal static Tracefs? Find(KernelFiles files)
    {
        // The usual places come first, as another mount may belong to another container. debugfs mounts tracefs
        // below itself when somebody looks there, so these places count even if they are not in the table yet.
        return FindAmong(s_usualPlaces, files) ?? FindAmong(
            MountTable.Find(files.TryRead("proc/self/mountinfo") ?? string.Empty, "tracefs"), files);
    }

    /// <summary>Text of the control file that lists the events made at run time; null when there is none.</summary>
    internal string? TryReadControl(TracefsEventKind kind) =>
        _files.TryRead($"{MountPoint}/{ControlFileOf(kind)}");

    /// <summary>Path of the control file for <c>open(2)</c>.</summary>
    internal string ControlPath(TracefsEventKind kind) =>
        _files.PathOf($"{MountPoint}/{ControlFileOf(kind)}");

    internal static string ControlFileOf(TracefsEventKind kind) =>
        kind == TracefsEventKind.Kprobe ? "kprobe_events" : "uprobe_events";

    private static Tracefs? FindAmong(IReadOnlyList<string> mountPoints, KernelFiles files)
    {
        foreach (string mountPoint in mountPoints)
        {
            if (files.Exists($"{mountPoint}/events"))
            {
                return new Tracefs(files, mountPoint);
            }
        }

        return null;
    }
}
