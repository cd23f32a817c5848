using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>Goes over a map in batches; made by <see cref="BpfMap.Batches"/>.</summary>
public struct MapBatchEnumerator
{
    private readonly BpfMap _map;
    private readonly MapBatchReader _reader;
    private int _count;

    internal MapBatchEnumerator(BpfMap map, MapBatchMode mode, int size)
    {
        _map = map;
        BpfCommand command =
            mode == MapBatchMode.Remove ? BpfCommand.MapLookupAndDeleteBatch : BpfCommand.MapLookupBatch;
        _reader = new MapBatchReader(map, command, size);
    }

    /// <summary>The elements read last, valid until <see cref="MoveNext"/>.</summary>
    public readonly MapBatch Current => new(
        _reader.Keys[..(_count * _map.KeySize)],
        _reader.Values[..(_count * _map.ValueBufferSize)],
        _map.KeySize,
        _map.ValueBufferSize,
        _count);

    /// <summary>Reads the next elements.</summary>
    /// <returns>False at the end of the map.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool MoveNext()
    {
        _count = _reader.Read();
        return _count > 0;
    }
}
