using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>
/// A typed view of a bloom filter: a set that may take a value for one of its own, but never misses one. It owns
/// nothing.
/// </summary>
/// <typeparam name="TValue">Mirror of the value. All its bytes count: name padding as fields.</typeparam>
public sealed class BloomFilterMap<TValue>
    where TValue : unmanaged
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A bloom filter.</param>
    /// <exception cref="ArgumentException">
    /// The map is of another type, or <typeparamref name="TValue"/> has another size than its values.
    /// </exception>
    public BloomFilterMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNot(map, "a bloom filter", MapType.BloomFilter);
        MapTypeCheck.ThrowIfOtherValueSize<TValue>(map);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Adds a value; none can be removed.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Add(in TValue value) => Map.Update([], MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)));

    /// <summary>Whether a value may have been added.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False if it certainly was not.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool MayContain(TValue value) =>
        Map.TryLookup([], MemoryMarshal.AsBytes(new Span<TValue>(ref value))); // the kernel reads the value here
}
