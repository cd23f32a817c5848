using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A hook of netfilter in the network namespace of the attaching thread.</summary>
/// <param name="Family">The protocol.</param>
/// <param name="Hook">The hook.</param>
/// <param name="Priority">
/// Place among the hook's programs and tables: lower ones run before. Two may not be equal.
/// </param>
public sealed record NetfilterTarget(NetfilterFamily Family, NetfilterHook Hook, int Priority) : AttachTarget
{
    /// <summary>Whether the program is to see whole packets and no fragments.</summary>
    public bool JoinsFragments { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"netfilter {Family} {Hook} priority {Priority}";
}
