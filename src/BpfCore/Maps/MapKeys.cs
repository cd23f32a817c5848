namespace BpfCore.Maps;

/// <summary>The keys of a map, for <c>foreach</c>.</summary>
public readonly struct MapKeys
{
    private readonly BpfMap _map;

    internal MapKeys(BpfMap map)
    {
        _map = map;
    }

    /// <summary>Starts at the first key.</summary>
    public MapKeyEnumerator GetEnumerator() => new(_map);
}
