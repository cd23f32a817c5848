namespace BpfCore.Specs;

/// <summary>All functions of a program or library whose names match a pattern (<c>uprobe.multi/</c>).</summary>
/// <param name="Path">Path of the ELF file, or a name that is searched as in <see cref="UprobeSymbolTarget"/>.</param>
/// <param name="Pattern">The pattern, in which <c>*</c> stands for any text and <c>?</c> for one character.</param>
/// <param name="Kind">When the program runs.</param>
public sealed record UprobeMultiTarget(string Path, string Pattern, MultiProbeKind Kind) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MultiProbeKind.Entry => $"uprobe.multi/{Path}:{Pattern}",
        MultiProbeKind.Return => $"uretprobe.multi/{Path}:{Pattern}",
        _ => $"uprobe.session/{Path}:{Pattern}",
    };
}
