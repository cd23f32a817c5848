namespace BpfCore.Specs;

/// <summary>A tracepoint with its raw arguments (<c>raw_tp/</c>, <c>raw_tracepoint/</c>).</summary>
/// <param name="Name">Name of the tracepoint without its group.</param>
public sealed record RawTracepointTarget(string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"raw_tp/{Name}";
}
