namespace BpfCore.Maps;

/// <summary>
/// The elements of a map, some hundreds at a time, for <c>foreach</c>: see <see cref="BpfMap.Batches"/>.
/// </summary>
public readonly struct MapBatches
{
    private readonly BpfMap _map;
    private readonly MapBatchMode _mode;
    private readonly int _size;

    internal MapBatches(BpfMap map, MapBatchMode mode, int size)
    {
        _map = map;
        _mode = mode;
        _size = size;
    }

    /// <summary>Starts at the beginning of the map.</summary>
    public MapBatchEnumerator GetEnumerator() => new(_map, _mode, _size);
}
