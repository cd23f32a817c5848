using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A map, whose elements are iterated or whose sockets are watched.</summary>
/// <param name="Name">Its name.</param>
public sealed record MapTarget(string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"map {Name}";
}
