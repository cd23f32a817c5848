using System.Runtime.InteropServices;

namespace BpfCore.Maps;

/// <summary>Walks over the elements of a map that may change meanwhile; see <see cref="MapKeyEnumerator"/>.</summary>
/// <typeparam name="TKey">Mirror of the key.</typeparam>
/// <typeparam name="TValue">Mirror of the value.</typeparam>
public ref struct MapEntryEnumerator<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly BpfMap<TKey, TValue> _map;
    private MapKeyEnumerator _keys;

    internal MapEntryEnumerator(BpfMap<TKey, TValue> map)
    {
        _map = map;
        _keys = new MapKeyEnumerator(map.Map);
    }

    /// <summary>Key and value; the value is the one at the time of <see cref="MoveNext"/>.</summary>
    public KeyValuePair<TKey, TValue> Current { get; private set; }

    /// <summary>Whether the walk ended at the end of the map rather than at its bound.</summary>
    public readonly bool IsComplete => _keys.IsComplete;

    /// <summary>Goes on to the next element that still exists.</summary>
    /// <returns>False at the end of the map, or after twice as many keys as the map can hold.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool MoveNext()
    {
        while (_keys.MoveNext())
        {
            TKey key = MemoryMarshal.Read<TKey>(_keys.Current);
            if (_map.TryGetValue(in key, out TValue value))
            {
                Current = new KeyValuePair<TKey, TValue>(key, value);
                return true;
            }
        }

        return false;
    }
}
