namespace TcpConnLat.Attach;

/// <summary>Attachments in the order they were made. Disposing detaches them, the last one first.</summary>
internal sealed class LinkStack : IDisposable
{
    private readonly Stack<IDisposable> _links = [];

    /// <summary>Takes an attachment over.</summary>
    /// <param name="link">The attachment.</param>
    public void Push(IDisposable link) => _links.Push(link);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_links.TryPop(out IDisposable? link))
        {
            link.Dispose();
        }
    }
}
