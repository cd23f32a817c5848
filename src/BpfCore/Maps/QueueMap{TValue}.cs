using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>A typed view of a queue (first in, first out) or stack (last in, first out). It owns nothing.</summary>
/// <typeparam name="TValue">Mirror of the value.</typeparam>
public sealed class QueueMap<TValue>
    where TValue : unmanaged
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A queue or stack.</param>
    /// <exception cref="ArgumentException">
    /// The map is of another type, or <typeparamref name="TValue"/> has another size than its values.
    /// </exception>
    public QueueMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNot(map, "a queue map", MapType.Queue, MapType.Stack);
        MapTypeCheck.ThrowIfOtherValueSize<TValue>(map);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False if the map is full.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryPush(in TValue value) => Map.TryPush(Bytes(in value), MapUpdateMode.Any);

    /// <summary>Adds a value; a full map loses its oldest one (<c>BPF_EXIST</c>).</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void PushOverOldest(in TValue value) => Map.Update([], Bytes(in value), MapUpdateMode.Exist);

    /// <summary>Takes the next value out.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False if the map is empty.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryPop(out TValue value)
    {
        value = default;
        return Map.TryLookupAndDelete([], MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
    }

    /// <summary>Copies the next value and leaves it there.</summary>
    /// <param name="value">The value.</param>
    /// <returns>False if the map is empty.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryPeek(out TValue value)
    {
        value = default;
        return Map.TryLookup([], MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
    }

    private static ReadOnlySpan<byte> Bytes(in TValue value) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value));
}
