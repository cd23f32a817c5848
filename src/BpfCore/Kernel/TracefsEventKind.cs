namespace BpfCore.Kernel;

/// <summary>Kinds of events that can be made through a control file of tracefs.</summary>
internal enum TracefsEventKind
{
    /// <summary>In the kernel: <c>kprobe_events</c>.</summary>
    Kprobe,

    /// <summary>In a program: <c>uprobe_events</c>.</summary>
    Uprobe,
}
