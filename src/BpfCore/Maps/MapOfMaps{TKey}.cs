using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>A typed view of a map whose values are maps (array or hash of maps). It owns nothing.</summary>
/// <typeparam name="TKey">Mirror of the key; <see cref="uint"/> for an array.</typeparam>
/// <remarks>Maps are put in as such; the kernel gives them back as numbers (<see cref="MapInfo.Id"/>).</remarks>
public sealed class MapOfMaps<TKey>
    where TKey : unmanaged
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A map of maps.</param>
    /// <exception cref="ArgumentException">
    /// The map is of another type, or <typeparamref name="TKey"/> has another size than its keys.
    /// </exception>
    public MapOfMaps(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNot(map, "a map of maps", MapType.ArrayOfMaps, MapType.HashOfMaps);
        MapTypeCheck.ThrowIfOtherSizes<TKey, uint>(map);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts a map in, or another in its place. Programs see the change at once.</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">A map like the one that this map was created for; it may be disposed afterwards.</param>
    /// <exception cref="SyscallException">The kernel refused: EINVAL for a map of another kind.</exception>
    public void Set(in TKey key, BpfMap inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Map.SetDescriptor(Bytes(in key), inner.Handle);
    }

    /// <summary>Finds the number of a map.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">Its number.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryGetId(in TKey key, out uint id)
    {
        id = 0;
        return Map.TryLookup(Bytes(in key), MemoryMarshal.AsBytes(new Span<uint>(ref id)));
    }

    /// <summary>Opens a map. Needs CAP_SYS_ADMIN, as it goes by the number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The map; the caller owns it.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="SyscallException">The kernel refused: ENOENT when it was replaced meanwhile.</exception>
    public bool TryOpen(in TKey key, [NotNullWhen(true)] out BpfMap? inner)
    {
        inner = TryGetId(in key, out uint id) ? BpfMap.Open(Map.Calls, id) : null;
        return inner is not null;
    }

    /// <summary>Takes a map out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool Remove(in TKey key) => Map.TryDelete(Bytes(in key));

    private static ReadOnlySpan<byte> Bytes(in TKey key) => MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
}
