namespace BpfCore.Specs;

/// <summary>A tracepoint by way of perf events and tracefs (<c>tracepoint/</c>, <c>tp/</c>).</summary>
/// <param name="Category">Its group, a folder of tracefs' <c>events</c>, for example <c>sock</c>.</param>
/// <param name="Name">Its name in the group, for example <c>inet_sock_set_state</c>.</param>
public sealed record TracepointTarget(string Category, string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"tracepoint/{Category}/{Name}";
}
