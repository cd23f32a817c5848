using System.Collections;
using BpfCore.Programs;

namespace BpfCore.Links;

/// <summary>Links that live and end together, in the order in which they were made.</summary>
/// <remarks>It owns its links and disposes of them in reverse order. It is not thread-safe.</remarks>
public sealed class BpfLinkSet : IReadOnlyList<BpfLink>, IDisposable
{
    private readonly List<BpfLink> _links = [];
    private readonly List<BpfProgram> _leftDetached = [];

    /// <summary>
    /// Programs that <see cref="BpfLink.AttachAll(IEnumerable{BpfProgram})"/> left detached, as their sections name no
    /// target.
    /// </summary>
    public IReadOnlyList<BpfProgram> LeftDetached => _leftDetached;

    /// <inheritdoc/>
    public int Count => _links.Count;

    /// <inheritdoc/>
    public BpfLink this[int index] => _links[index];

    /// <summary>Takes over a link.</summary>
    /// <param name="link">The link; the set disposes of it.</param>
    public void Add(BpfLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        _links.Add(link);
    }

    /// <inheritdoc/>
    public IEnumerator<BpfLink> GetEnumerator() => _links.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Detaches all, the last one first.</summary>
    public void Dispose()
    {
        while (_links.Count > 0)
        {
            BpfLink last = _links[^1];
            _links.RemoveAt(_links.Count - 1);
            last.Dispose();
        }
    }

    internal void Leave(BpfProgram program) => _leftDetached.Add(program);
}
