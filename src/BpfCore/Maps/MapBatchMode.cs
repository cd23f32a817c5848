namespace BpfCore.Maps;

/// <summary>What reading a map in batches does to it.</summary>
public enum MapBatchMode
{
    /// <summary>Copies the elements (<c>BPF_MAP_LOOKUP_BATCH</c>).</summary>
    Read,

    /// <summary>Takes the elements out of the map (<c>BPF_MAP_LOOKUP_AND_DELETE_BATCH</c>).</summary>
    Remove,
}
