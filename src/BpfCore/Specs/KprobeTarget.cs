namespace BpfCore.Specs;

/// <summary>A kernel function, at its entry, inside it or at its return (<c>kprobe/</c>, <c>kretprobe/</c>).</summary>
/// <param name="Function">Name of the function as in /proc/kallsyms.</param>
/// <param name="Offset">Offset of the probed instruction from the function's start, in bytes; 0 for a return.</param>
/// <param name="IsReturn">True for the return of the function.</param>
public sealed record KprobeTarget(string Function, ulong Offset, bool IsReturn) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{(IsReturn ? "kretprobe" : "kprobe")}/{Function}{(Offset == 0 ? "" : $"+0x{Offset:x}")}";
}
