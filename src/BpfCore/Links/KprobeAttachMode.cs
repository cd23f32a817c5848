namespace BpfCore.Links;

/// <summary>How a kprobe or uprobe is made.</summary>
public enum KprobeAttachMode
{
    /// <summary>Through the PMU; through tracefs where the kernel has no such PMU (before 4.17).</summary>
    Auto,

    /// <summary>Through the PMU, with <c>perf_event_open</c>: the probe lives as long as its descriptor.</summary>
    Pmu,

    /// <summary>
    /// Through <c>kprobe_events</c> or <c>uprobe_events</c> of tracefs: the probe has a name there and is removed when
    /// the link is disposed, or by the next run when the process was killed.
    /// </summary>
    Tracefs,
}
