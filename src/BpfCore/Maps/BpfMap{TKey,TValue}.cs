using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfCore.Maps;

/// <summary>A typed view of a map whose keys and values are plain structures. It owns nothing.</summary>
/// <typeparam name="TKey">
/// Mirror of the key. A hash map compares all bytes of a key, and the ones between fields are not under control of C#:
/// name padding as fields.
/// </typeparam>
/// <typeparam name="TValue">Mirror of the value.</typeparam>
[SuppressMessage(
    "Naming", "CA1710", Justification = "The kernel's word is map; there is no collection that could be a base.")]
public sealed class BpfMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A map, but not a per-CPU one: those are <see cref="PerCpuMap{TKey, TValue}"/>.</param>
    /// <exception cref="ArgumentException">The types have other sizes than the map's keys and values.</exception>
    public BpfMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfPerCpu(map);
        MapTypeCheck.ThrowIfOtherSizes<TKey, TValue>(map);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>The value of an element that exists; setting adds the element or replaces it.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">The map has no such element.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example E2BIG when the map is full.</exception>
    public TValue this[in TKey key]
    {
        get => TryGetValue(key, out TValue value)
            ? value
            : throw new KeyNotFoundException($"map {Map.Name} has no element with this key");
        set => Map.Update(Bytes(in key), Bytes(in value));
    }

    /// <summary>Copies the value of an element.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryGetValue(in TKey key, out TValue value)
    {
        value = default;
        return Map.TryLookup(Bytes(in key), MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
    }

    /// <summary>Adds an element.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if there is an element with this key already.</returns>
    /// <exception cref="SyscallException">The kernel refused, for example E2BIG when the map is full.</exception>
    public bool TryAdd(in TKey key, in TValue value) =>
        Map.TryUpdate(Bytes(in key), Bytes(in value), MapUpdateMode.NoExist);

    /// <summary>Copies the value of an element and deletes it: see <see cref="BpfMap.TryLookupAndDelete"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool Remove(in TKey key, out TValue value)
    {
        value = default;
        return Map.TryLookupAndDelete(Bytes(in key), MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
    }

    /// <summary>Deletes an element.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool Remove(in TKey key) => Map.TryDelete(Bytes(in key));

    /// <summary>
    /// Walks over the elements, as <see cref="MapKeyEnumerator"/> does; ones that vanish are left out.
    /// </summary>
    public MapEntryEnumerator<TKey, TValue> GetEnumerator() => new(this);

    /// <summary>Copies all elements, many to a system call: see <see cref="BpfMap.Batches"/>.</summary>
    /// <returns>The elements, in no order.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public KeyValuePair<TKey, TValue>[] ToArray() => Collect(MapBatchMode.Read);

    /// <summary>Takes all elements out of the map, many to a system call: see <see cref="BpfMap.Batches"/>.</summary>
    /// <returns>The elements, in no order.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public KeyValuePair<TKey, TValue>[] Drain() => Collect(MapBatchMode.Remove);

    /// <summary>Adds or replaces several elements: see <see cref="BpfMap.UpdateBatch"/>.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">As many values.</param>
    /// <param name="mode">Whether the elements must, or must not, exist.</param>
    /// <exception cref="ArgumentException">There are not as many values as keys.</exception>
    /// <exception cref="SyscallException">The kernel refused an element; the message says which.</exception>
    public void UpdateBatch(
        ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, MapUpdateMode mode = MapUpdateMode.Any) =>
        Map.UpdateBatch(MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values), mode);

    /// <summary>Deletes several elements; those that are not there are passed over.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>Number of elements that were deleted.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public int RemoveBatch(ReadOnlySpan<TKey> keys) => Map.DeleteBatch(MemoryMarshal.AsBytes(keys));

    private KeyValuePair<TKey, TValue>[] Collect(MapBatchMode mode)
    {
        List<KeyValuePair<TKey, TValue>> elements = [];
        foreach (MapBatch batch in Map.Batches(mode))
        {
            ReadOnlySpan<TKey> keys = MemoryMarshal.Cast<byte, TKey>(batch.Keys);
            ReadOnlySpan<TValue> values = MemoryMarshal.Cast<byte, TValue>(batch.Values);
            for (int i = 0; i < batch.Count; i++)
            {
                elements.Add(new KeyValuePair<TKey, TValue>(keys[i], values[i]));
            }
        }

        return [.. elements];
    }

    private static ReadOnlySpan<byte> Bytes<T>(in T item)
        where T : unmanaged =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in item));
}
