using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>A socket of this process.</summary>
/// <param name="Descriptor">Its number.</param>
/// <param name="Hook">What the program does there: <c>filter</c> or <c>reuseport</c>.</param>
public sealed record SocketTarget(int Descriptor, string Hook) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{Hook} of socket {Descriptor}";
}
