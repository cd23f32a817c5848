using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: keys and values are pinned for the duration of each call. The kernel reads and writes as many bytes as the
// map says, which cannot be checked here: BpfMap, the only caller with buffers of users, compares the sizes before.
internal sealed unsafe partial class BpfSyscall
{
    private const uint ValueTypeModule = 1 << 15; // BPF_F_VTYPE_BTF_OBJ_FD, include/uapi/linux/bpf.h

    /// <summary><c>BPF_MAP_CREATE</c>. Leaves the error to the caller, who may try again with less.</summary>
    public bool TryMapCreate(
        in MapCreateRequest request, [NotNullWhen(true)] out SafeFdHandle? map, out Errno error)
    {
        using FdLease inner = FdLease.Optional(request.InnerMap);
        using FdLease btf = FdLease.Optional(request.Btf);
        using FdLease module = FdLease.Optional(request.KernelValueModule);
        bpf_attr_map_create attributes = new()
        {
            map_type = request.Type,
            key_size = request.KeySize,
            value_size = request.ValueSize,
            max_entries = request.MaxEntries,
            map_flags = request.Flags | (request.KernelValueModule is null ? 0 : ValueTypeModule),
            inner_map_fd = (uint)inner.Value,
            numa_node = request.NumaNode,
            btf_fd = (uint)btf.Value,
            btf_key_type_id = request.KeyTypeId,
            btf_value_type_id = request.ValueTypeId,
            btf_vmlinux_value_type_id = request.KernelValueTypeId,
            map_extra = request.Extra,
            value_type_btf_obj_fd = module.Value,
        };
        CopyName(request.Name, ref attributes.map_name);
        long result = Call(BpfCommand.MapCreate, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.MapCreate, request.ToString(), result);
        }

        return Opened(result, out map, out error);
    }

    /// <summary><c>BPF_MAP_LOOKUP_ELEM</c>. False when there is no such element.</summary>
    /// <remarks>
    /// The kernel takes no length: <paramref name="value"/> must have room for the map's value, times the number of
    /// possible CPUs (each rounded up to 8 bytes) for a per-CPU map. The caller proves it.
    /// </remarks>
    /// <exception cref="SyscallException">Any error but ENOENT.</exception>
    public bool TryMapLookup(
        SafeFdHandle map, ReadOnlySpan<byte> key, Span<byte> value, ulong flags, string subject) =>
        Find(BpfCommand.MapLookup, map, key, value, flags, subject);

    /// <summary><c>BPF_MAP_LOOKUP_AND_DELETE_ELEM</c>, as <see cref="TryMapLookup"/>.</summary>
    /// <exception cref="SyscallException">Any error but ENOENT.</exception>
    public bool TryMapLookupAndDelete(
        SafeFdHandle map, ReadOnlySpan<byte> key, Span<byte> value, ulong flags, string subject) =>
        Find(BpfCommand.MapLookupAndDelete, map, key, value, flags, subject);

    /// <summary><c>BPF_MAP_UPDATE_ELEM</c>. The value's length is the caller's to prove, as for a look-up.</summary>
    public Errno MapUpdate(
        SafeFdHandle map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        fixed (byte* keyPointer = key, valuePointer = value)
        {
            return Element(BpfCommand.MapUpdate, map, keyPointer, valuePointer, flags).ToErrno();
        }
    }

    /// <summary>
    /// <c>BPF_MAP_UPDATE_ELEM</c> of a map whose values are descriptors (perf events, programs, maps).
    /// </summary>
    public Errno MapUpdate(SafeFdHandle map, ReadOnlySpan<byte> key, SafeHandle value, ulong flags)
    {
        using FdLease lease = new(value);
        ulong descriptor = (uint)lease.Value; // maps of sockets may have values of 8 bytes
        fixed (byte* keyPointer = key)
        {
            return Element(BpfCommand.MapUpdate, map, keyPointer, &descriptor, flags).ToErrno();
        }
    }

    /// <summary><c>BPF_MAP_DELETE_ELEM</c>. False when there is no such element.</summary>
    /// <exception cref="SyscallException">Any error but ENOENT.</exception>
    public bool MapDelete(SafeFdHandle map, ReadOnlySpan<byte> key, string subject)
    {
        fixed (byte* keyPointer = key)
        {
            long result = Element(BpfCommand.MapDelete, map, keyPointer, null, 0);
            return Found(BpfCommand.MapDelete, subject, result);
        }
    }

    /// <summary>
    /// <c>BPF_MAP_GET_NEXT_KEY</c>. An empty <paramref name="key"/> asks for the first key. False after the last one.
    /// </summary>
    /// <exception cref="SyscallException">Any error but ENOENT.</exception>
    public bool TryMapGetNextKey(SafeFdHandle map, ReadOnlySpan<byte> key, Span<byte> nextKey, string subject)
    {
        fixed (byte* keyPointer = key, nextPointer = nextKey)
        {
            long result = Element(BpfCommand.MapGetNextKey, map, keyPointer, nextPointer, 0);
            return Found(BpfCommand.MapGetNextKey, subject, result);
        }
    }

    /// <summary><c>BPF_MAP_FREEZE</c> (5.2): user space can no longer write the map.</summary>
    public Errno MapFreeze(SafeFdHandle map) => Element(BpfCommand.MapFreeze, map, null, null, 0).ToErrno();

    private bool Find(
        BpfCommand command, SafeFdHandle map, ReadOnlySpan<byte> key, Span<byte> value, ulong flags, string subject)
    {
        fixed (byte* keyPointer = key, valuePointer = value)
        {
            return Found(command, subject, Element(command, map, keyPointer, valuePointer, flags));
        }
    }

    private bool Found(BpfCommand command, string subject, long result)
    {
        if (result == -(long)Errno.ENOENT)
        {
            return false;
        }

        reporter.ThrowIfFailed(command.Call(), subject, result);
        return true;
    }

    private long Element(BpfCommand command, SafeFdHandle map, void* key, void* value, ulong flags)
    {
        using FdLease lease = map.Lease();
        bpf_attr_map_elem attributes = new()
        {
            map_fd = (uint)lease.Value,
            key = (ulong)key,
            value = (ulong)value,
            flags = flags,
        };
        long result = Call(command, ref attributes);
        if (reporter.IsWatched)
        {
            Report(command, $"map_fd={lease.Value} flags={flags}", result);
        }

        return result;
    }
}
