using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfCore.Maps;

/// <summary>
/// A typed view of a per-CPU map: every element holds one value for each possible CPU. It owns nothing.
/// </summary>
/// <typeparam name="TKey">Mirror of the key, without padding between its fields.</typeparam>
/// <typeparam name="TValue">Mirror of the value on one CPU.</typeparam>
[SuppressMessage(
    "Naming", "CA1710", Justification = "The kernel's word is map; there is no collection that could be a base.")]
public sealed class PerCpuMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly int _stride;

    /// <summary>Makes a view.</summary>
    /// <param name="map">A per-CPU map.</param>
    /// <exception cref="ArgumentException">
    /// The map is not a per-CPU one, or the types have other sizes than its keys and values.
    /// </exception>
    public PerCpuMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNotPerCpu(map);
        MapTypeCheck.ThrowIfOtherSizes<TKey, TValue>(map);
        Map = map;
        _stride = map.Shape.ValueStride;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>
    /// Number of values in an element: of possible CPUs. The i-th value belongs to the i-th possible CPU in the order
    /// of their ids, which is not CPU i on a machine whose ids have gaps.
    /// </summary>
    public int CpuCount => Map.Shape.ValueSlots;

    /// <summary>Copies the values of an element.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Receives <see cref="CpuCount"/> values.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="ArgumentException">There is room for another number of values.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryGetValues(in TKey key, Span<TValue> values)
    {
        CheckCount(values);
        byte[] buffer = new byte[Map.ValueBufferSize];
        if (!Map.TryLookup(Bytes(in key), buffer))
        {
            return false;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = MemoryMarshal.Read<TValue>(buffer.AsSpan(i * _stride));
        }

        return true;
    }

    /// <summary>Adds or replaces an element.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values"><see cref="CpuCount"/> values.</param>
    /// <param name="mode">Whether the element must, or must not, exist.</param>
    /// <exception cref="ArgumentException">It is another number of values.</exception>
    /// <exception cref="SyscallException">The kernel refused, as for <see cref="BpfMap.Update"/>.</exception>
    public void SetValues(in TKey key, ReadOnlySpan<TValue> values, MapUpdateMode mode = MapUpdateMode.Any)
    {
        CheckCount(values);
        byte[] buffer = new byte[Map.ValueBufferSize];
        for (int i = 0; i < values.Length; i++)
        {
            MemoryMarshal.Write(buffer.AsSpan(i * _stride), in values[i]);
        }

        Map.Update(Bytes(in key), buffer, mode);
    }

    /// <summary>Deletes an element.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="SyscallException">The kernel refused: EINVAL for an array.</exception>
    public bool Remove(in TKey key) => Map.TryDelete(Bytes(in key));

    /// <summary>
    /// The keys of all elements at the time of the call, as far as a map that changes can be said to have any.
    /// </summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public TKey[] GetKeys()
    {
        List<TKey> keys = [];
        foreach (MapBatch batch in Map.Batches())
        {
            keys.AddRange(MemoryMarshal.Cast<byte, TKey>(batch.Keys));
        }

        return [.. keys];
    }

    private void CheckCount(ReadOnlySpan<TValue> values)
    {
        if (values.Length != CpuCount)
        {
            throw new ArgumentException(
                $"map {Map.Name} holds {CpuCount} values per element, not {values.Length}", nameof(values));
        }
    }

    private static ReadOnlySpan<byte> Bytes(in TKey key) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
}
