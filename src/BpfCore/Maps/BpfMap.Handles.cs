using System.Runtime.InteropServices;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

public sealed partial class BpfMap
{
    /// <summary>
    /// Puts what a handle stands for into a map of such: a socket (sockmap, sockhash, reuseport_sockarray), an AF_XDP
    /// socket (xskmap), a perf event, a cgroup directory (cgroup_array).
    /// </summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">The handle; the kernel keeps a reference of its own where the type has any.</param>
    /// <exception cref="ArgumentException">The key has another size.</exception>
    /// <exception cref="SyscallException">The kernel refused: EBADF or EINVAL for a handle of another kind.</exception>
    public void SetHandle(ReadOnlySpan<byte> key, SafeHandle value)
    {
        ArgumentNullException.ThrowIfNull(value);
        SetDescriptor(key, value);
    }

    /// <summary>Copies the value that a local storage map hangs on what a handle stands for.</summary>
    /// <param name="owner">A socket, or what <see cref="StorageOwner"/> opens.</param>
    /// <param name="value">Receives the value, <see cref="ValueSize"/> bytes.</param>
    /// <returns>False if nothing is stored there; <paramref name="value"/> is then undefined.</returns>
    /// <exception cref="ArgumentException">
    /// The map's keys are no descriptors, or the buffer has another size.
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused: EBADF for a handle of another kind.</exception>
    public bool TryLoad(SafeHandle owner, Span<byte> value)
    {
        using FdLease lease = new(owner);
        return TryLookup(KeyOf(lease), value);
    }

    /// <summary>Stores a value on what a handle stands for (local storage maps).</summary>
    /// <param name="owner">A socket, or what <see cref="StorageOwner"/> opens.</param>
    /// <param name="value">The value, <see cref="ValueSize"/> bytes.</param>
    /// <param name="mode">Whether there must, or must not, be one already.</param>
    /// <exception cref="ArgumentException">
    /// The map's keys are no descriptors, or the buffer has another size.
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused, as for <see cref="Update"/>.</exception>
    public void Store(SafeHandle owner, ReadOnlySpan<byte> value, MapUpdateMode mode = MapUpdateMode.Any)
    {
        using FdLease lease = new(owner);
        Update(KeyOf(lease), value, mode);
    }

    /// <summary>Removes the value from what a handle stands for (local storage maps).</summary>
    /// <param name="owner">A socket, or what <see cref="StorageOwner"/> opens.</param>
    /// <returns>False if nothing is stored there.</returns>
    /// <exception cref="ArgumentException">The map's keys are no descriptors.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryRemove(SafeHandle owner)
    {
        using FdLease lease = new(owner);
        return TryDelete(KeyOf(lease));
    }

    private static byte[] KeyOf(FdLease lease) => BitConverter.GetBytes(lease.Value);
}
