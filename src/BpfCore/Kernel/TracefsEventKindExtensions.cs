namespace BpfCore.Kernel;

/// <summary>Names of kinds of events.</summary>
internal static class TracefsEventKindExtensions
{
    /// <summary><c>kprobe</c> or <c>uprobe</c>.</summary>
    public static string Word(this TracefsEventKind kind) => kind == TracefsEventKind.Kprobe ? "kprobe" : "uprobe";
}
