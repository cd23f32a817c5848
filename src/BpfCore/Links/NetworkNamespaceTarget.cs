using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A network namespace.</summary>
/// <param name="Path">File that stands for it, for example <c>/proc/self/ns/net</c> or <c>/run/netns/NAME</c>.</param>
public sealed record NetworkNamespaceTarget(string Path) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"network namespace {Path}";
}
