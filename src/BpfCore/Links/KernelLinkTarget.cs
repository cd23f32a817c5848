using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>What a link that was opened by its number or pin is attached to; the kernel knows it.</summary>
/// <param name="Id">The link's number.</param>
/// <param name="Type">The kind of link.</param>
public sealed record KernelLinkTarget(uint Id, BpfLinkType Type) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"link {Id} ({Type})";
}
