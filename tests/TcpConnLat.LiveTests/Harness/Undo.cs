namespace TcpConnLat.LiveTests.Harness;

/// <summary>Undoes something when disposed.</summary>
internal sealed class Undo(Action action) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => action();
}
