using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: every buffer whose address and length go into the attributes is pinned until the call returns.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary><c>BPF_BTF_LOAD</c>; an empty <paramref name="log"/> asks for none.</summary>
    public bool TryBtfLoad(
        ReadOnlySpan<byte> types, Span<byte> log, [NotNullWhen(true)] out SafeFdHandle? btf, out Errno error)
    {
        fixed (byte* typesPointer = types, logPointer = log)
        {
            bpf_attr_btf_load attributes = new()
            {
                btf = (ulong)typesPointer,
                btf_size = (uint)types.Length,
                btf_log_buf = (ulong)logPointer,
                btf_log_size = (uint)log.Length,
                btf_log_level = log.IsEmpty ? 0u : 1u,
            };
            long result = Call(BpfCommand.BtfLoad, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.BtfLoad, $"btf_size={types.Length} btf_log_size={log.Length}", result);
            }

            return Opened(result, out btf, out error);
        }
    }

    /// <summary><c>BPF_BTF_GET_NEXT_ID</c>: the id of the next loaded BTF. False after the last one.</summary>
    /// <exception cref="SyscallException">Any error but ENOENT; EPERM without CAP_SYS_ADMIN.</exception>
    public bool TryBtfGetNextId(uint id, out uint nextId)
    {
        bpf_attr_get_id attributes = new() { start_id = id };
        long result = Call(BpfCommand.BtfGetNextId, ref attributes);
        nextId = attributes.next_id;
        if (reporter.IsWatched)
        {
            Report(BpfCommand.BtfGetNextId, $"start_id={id} next_id={nextId}", result);
        }

        return Found(BpfCommand.BtfGetNextId, "BTF ids", result);
    }

    /// <summary><c>BPF_BTF_GET_FD_BY_ID</c>. Fails with ENOENT when the BTF went away after its id was read.</summary>
    public bool TryBtfGetFdById(uint id, [NotNullWhen(true)] out SafeFdHandle? btf, out Errno error)
    {
        bpf_attr_get_id attributes = new() { btf_id = id };
        long result = Call(BpfCommand.BtfGetFdById, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.BtfGetFdById, $"btf_id={id}", result);
        }

        return Opened(result, out btf, out error);
    }

    /// <summary>Name of a loaded BTF: the module's name, <c>vmlinux</c>, or empty for that of an object.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public string GetBtfName(SafeFdHandle btf)
    {
        Span<byte> name = stackalloc byte[64]; // MODULE_NAME_LEN is 56 on 64-bit machines
        fixed (byte* pointer = name)
        {
            bpf_btf_info info = new() { name = (ulong)pointer, name_len = (uint)name.Length };
            ObjectGetInfo(btf, ref info, "BTF");
        }

        return NulTerminated.Text(name);
    }

    /// <summary>The bytes of a loaded BTF.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public byte[] GetBtfData(SafeFdHandle btf)
    {
        bpf_btf_info info = default;
        ObjectGetInfo(btf, ref info, "BTF");
        byte[] data = new byte[info.btf_size];
        fixed (byte* pointer = data)
        {
            info = new bpf_btf_info { btf = (ulong)pointer, btf_size = (uint)data.Length };
            ObjectGetInfo(btf, ref info, "BTF");
        }

        return data;
    }

    /// <summary><c>BPF_OBJ_GET_INFO_BY_FD</c> of a map, program or BTF.</summary>
    /// <typeparam name="T">The structure for that kind of object; buffers that it asks for are filled.</typeparam>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void ObjectGetInfo<T>(SafeFdHandle handle, ref T info, string subject)
        where T : unmanaged
    {
        using FdLease lease = handle.Lease();
        fixed (T* pointer = &info)
        {
            bpf_attr_info attributes = new()
            {
                bpf_fd = (uint)lease.Value,
                info_len = (uint)sizeof(T),
                info = (ulong)pointer,
            };
            long result = Call(BpfCommand.ObjectGetInfo, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.ObjectGetInfo, $"bpf_fd={lease.Value} info_len={sizeof(T)}", result);
            }

            reporter.ThrowIfFailed(BpfCommand.ObjectGetInfo.Call(), subject, result);
        }
    }
}
