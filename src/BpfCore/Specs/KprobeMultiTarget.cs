namespace BpfCore.Specs;

/// <summary>All kernel functions whose names match a pattern (<c>kprobe.multi/</c>, <c>kprobe.session/</c>).</summary>
/// <param name="Pattern">The pattern, in which <c>*</c> stands for any text and <c>?</c> for one character.</param>
/// <param name="Kind">When the program runs.</param>
public sealed record KprobeMultiTarget(string Pattern, MultiProbeKind Kind) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MultiProbeKind.Entry => $"kprobe.multi/{Pattern}",
        MultiProbeKind.Return => $"kretprobe.multi/{Pattern}",
        _ => $"kprobe.session/{Pattern}",
    };
}
