using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace BpfCore.Specs;

/// <summary>Parts of an object by name, enumerated in the order of the ELF file.</summary>
/// <typeparam name="T">Kind of part.</typeparam>
public sealed class SpecCollection<T> : IReadOnlyCollection<T>
    where T : class
{
    private readonly string _kind;
    private readonly List<T> _items = [];
    private readonly Dictionary<string, T> _byName = new(StringComparer.Ordinal);

    internal SpecCollection(string kind)
    {
        _kind = kind;
    }

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <summary>The part with the given name.</summary>
    /// <param name="name">Its name in the object.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the names that exist.</exception>
    public T this[string name] =>
        TryGet(name, out T? item)
            ? item
            : throw new KeyNotFoundException(
                $"the object has no {_kind} '{name}'; it has: "
                + (Count == 0 ? "none" : string.Join(", ", _byName.Keys)));

    /// <summary>Looks for a part by name.</summary>
    /// <param name="name">Its name in the object.</param>
    /// <param name="item">The part.</param>
    /// <returns>False when there is none.</returns>
    public bool TryGet(string name, [MaybeNullWhen(false)] out T item) => _byName.TryGetValue(name, out item);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Position of a part; -1 when it is none of these.</summary>
    internal int IndexOf(T item) => _items.IndexOf(item);

    /// <summary>Adds a part; of several with one name (static variables), the first is found by name.</summary>
    internal void Add(string name, T item)
    {
        _items.Add(item);
        _byName.TryAdd(name, item);
    }
}
