using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A hook of a network interface.</summary>
/// <param name="Index">Index of the interface in the network namespace of the attaching thread.</param>
/// <param name="Hook">The hook: <c>xdp</c>, <c>tcx/ingress</c>, <c>netkit/peer</c>, ….</param>
public sealed record InterfaceTarget(int Index, string Hook) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{Hook} of interface {Index}";
}
