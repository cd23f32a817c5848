using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>The operations that a map of type <see cref="MapType.StructOps"/> gives to the kernel.</summary>
/// <param name="Map">Name of the map.</param>
public sealed record StructOpsTarget(string Map) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"struct_ops/{Map}";
}
