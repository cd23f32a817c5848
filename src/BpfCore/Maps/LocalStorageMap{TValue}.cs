using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>
/// A typed view of a local storage map, which hangs one value on each socket, task, inode or cgroup. It owns nothing.
/// </summary>
/// <typeparam name="TValue">Mirror of the value.</typeparam>
/// <remarks>
/// The key is a handle: that of a <see cref="System.Net.Sockets.Socket"/>, or what <see cref="StorageOwner"/> opens.
/// The value goes away with what it hangs on, or with the map. Such maps cannot be enumerated.
/// </remarks>
public sealed class LocalStorageMap<TValue>
    where TValue : unmanaged
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A local storage map.</param>
    /// <exception cref="ArgumentException">
    /// The map is of another type, or <typeparamref name="TValue"/> has another size than its values.
    /// </exception>
    public LocalStorageMap(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNot(
            map,
            "local storage",
            MapType.SkStorage,
            MapType.TaskStorage,
            MapType.InodeStorage,
            MapType.CgroupStorage);
        MapTypeCheck.ThrowIfOtherValueSize<TValue>(map);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Copies the value that hangs on something.</summary>
    /// <param name="owner">The socket, task, inode or cgroup.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="SyscallException">The kernel refused: EBADF for a handle of another kind.</exception>
    public bool TryGetValue(SafeHandle owner, out TValue value)
    {
        value = default;
        return Map.TryLoad(owner, MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
    }

    /// <summary>Hangs a value on something, in place of the one that is there.</summary>
    /// <param name="owner">The socket, task, inode or cgroup.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="SyscallException">The kernel refused: EBADF for a handle of another kind.</exception>
    public void Set(SafeHandle owner, in TValue value) =>
        Map.Store(owner, MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)));

    /// <summary>Removes the value from something.</summary>
    /// <param name="owner">The socket, task, inode or cgroup.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="SyscallException">The kernel refused: EBADF for a handle of another kind.</exception>
    public bool Remove(SafeHandle owner) => Map.TryRemove(owner);
}
