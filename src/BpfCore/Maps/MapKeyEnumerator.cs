namespace BpfCore.Maps;

/// <summary>Walks over the keys of a map that may change meanwhile.</summary>
/// <remarks>
/// The key to come is read before the current one is handed out, so the current element may be deleted. If the key to
/// come is deleted by somebody else, the kernel starts a hash map again at its first key: keys can come twice, and a
/// map that changes all the time might never end. The walk therefore stops after twice
/// <see cref="BpfMap.MaxEntries"/> keys; <see cref="IsComplete"/> tells whether it saw the end.
/// </remarks>
public ref struct MapKeyEnumerator
{
    private readonly BpfMap _map;
    private Span<byte> _current;
    private Span<byte> _next;
    private ulong _remaining;
    private bool _isStarted;
    private bool _hasNext;

    internal MapKeyEnumerator(BpfMap map)
    {
        _map = map;
        byte[] buffer = new byte[2 * map.KeySize];
        _current = buffer.AsSpan(0, map.KeySize);
        _next = buffer.AsSpan(map.KeySize);
        _remaining = map.MaxEntries == 0 ? ulong.MaxValue : 2ul * map.MaxEntries;
    }

    /// <summary>The key, valid until the walk goes on.</summary>
    public readonly ReadOnlySpan<byte> Current => _current;

    /// <summary>Whether the walk ended at the end of the map rather than at its bound.</summary>
    public readonly bool IsComplete => _isStarted && !_hasNext;

    /// <summary>Goes on to the next key.</summary>
    /// <returns>False at the end of the map, or after twice as many keys as the map can hold.</returns>
    /// <exception cref="SyscallException">The kernel refused: the type has no keys that can be listed.</exception>
    public bool MoveNext()
    {
        if (!_isStarted)
        {
            _hasNext = _map.TryGetNextKey([], _next);
            _isStarted = true;
        }

        if (!_hasNext || _remaining == 0)
        {
            return false;
        }

        _remaining--;
        Span<byte> key = _next;
        _next = _current;
        _current = key;
        _hasNext = _map.TryGetNextKey(_current, _next);
        return true;
    }
}
