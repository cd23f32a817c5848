using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A hook of a cgroup, for all processes in it and below it.</summary>
/// <param name="Path">Directory of the cgroup (version 2).</param>
/// <param name="Hook">The hook.</param>
public sealed record CgroupTarget(string Path, AttachType Hook) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{Hook} of cgroup {Path}";
}
