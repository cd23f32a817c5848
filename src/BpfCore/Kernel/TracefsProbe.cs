namespace BpfCore.Kernel;

/// <summary>A kprobe or uprobe as a control file of tracefs takes it.</summary>
/// <param name="Location">Where it hits: <c>symbol+0x8</c> in the kernel, <c>/path:0x1040</c> in a program.</param>
/// <param name="Symbol">What the name of the event shall remind of.</param>
/// <param name="IsReturn">Whether it hits when the function returns.</param>
/// <param name="MaximumActive">
/// How many calls of a kernel function may be under way at once and still be seen; 0 for the kernel's default.
/// </param>
internal readonly record struct TracefsProbe(
    string Location, string Symbol, bool IsReturn, int MaximumActive = 0)
{
    /// <summary>The first word of the line: <c>p</c>, <c>r</c> or <c>r100</c>.</summary>
    public string Command => (IsReturn, MaximumActive) switch
    {
        (false, _) => "p",
        (true, 0) => "r",
        _ => $"r{MaximumActive}",
    };
}
