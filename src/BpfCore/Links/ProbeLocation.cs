using BpfCore.Kernel;
using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>Where a kprobe or uprobe hits, in the words that the PMU and tracefs have in common.</summary>
/// <param name="Target">The target, for messages.</param>
/// <param name="Kind">Kprobe or uprobe.</param>
/// <param name="Symbol">Function of the kernel, or path of a file.</param>
/// <param name="Offset">Offset in bytes from the start of the function or file.</param>
/// <param name="IsReturn">Whether it hits when the function returns.</param>
internal readonly record struct ProbeLocation(
    AttachTarget Target, TracefsEventKind Kind, string Symbol, ulong Offset, bool IsReturn)
{
    /// <summary>The place as tracefs takes it: <c>symbol+0x8</c>, <c>/path:0x1040</c>.</summary>
    public string TracefsText =>
        Kind == TracefsEventKind.Kprobe ? $"{Symbol}+0x{Offset:x}" : $"{Symbol}:0x{Offset:x}";

    /// <summary>The place with the counter of a USDT probe: <c>/path:0x1040(0x2034)</c>; 0 for none.</summary>
    public string TracefsTextWith(ulong semaphore) =>
        semaphore == 0 ? TracefsText : $"{TracefsText}(0x{semaphore:x})";

    /// <summary>What the name of an event in tracefs shall remind of.</summary>
    public string ShortName => Kind == TracefsEventKind.Kprobe ? Symbol : Path.GetFileName(Symbol);

    /// <summary><c>kprobe</c> or <c>uprobe</c>.</summary>
    public string Word => Kind.Word();

    public static ProbeLocation Of(KprobeTarget target) =>
        new(target, TracefsEventKind.Kprobe, target.Function, target.Offset, target.IsReturn);

    public static ProbeLocation Of(UprobeTarget target) =>
        new(target, TracefsEventKind.Uprobe, target.Path, target.FileOffset, target.IsReturn);
}
