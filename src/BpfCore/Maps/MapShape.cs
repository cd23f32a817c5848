using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>What the kernel knows about a map, as far as calls on its elements depend on it.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Type">Type of the map.</param>
/// <param name="KeySize">Size of a key in bytes.</param>
/// <param name="ValueSize">Size of a value in bytes, on one CPU for a per-CPU map.</param>
/// <param name="MaxEntries">Highest number of entries; 0 where the type has no such bound.</param>
/// <param name="ValueSlots">Number of values in one element: of possible CPUs for a per-CPU map, else 1.</param>
internal readonly record struct MapShape(
    string Name, MapType Type, int KeySize, int ValueSize, uint MaxEntries, int ValueSlots = 1)
{
    /// <summary>
    /// Bytes that the kernel copies for one element, without ever being told how large the buffer is
    /// (<c>bpf_map_value_size</c>, kernel/bpf/syscall.c): a per-CPU value takes a multiple of 8 for each possible CPU.
    /// </summary>
    public int ValueBufferSize => IsPerCpu(Type) ? checked(ValueStride * ValueSlots) : ValueSize;

    /// <summary>Distance in bytes between the values of two CPUs.</summary>
    public int ValueStride => checked(ValueSize + 7) & ~7;

    /// <summary>Whether an element holds one value for each possible CPU.</summary>
    public static bool IsPerCpu(MapType type) => type
        is MapType.PerCpuHash
        or MapType.PerCpuArray
        or MapType.LruPerCpuHash
        or MapType.PerCpuCgroupStorageDeprecated;
}
