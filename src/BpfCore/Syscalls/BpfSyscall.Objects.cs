using System.Diagnostics.CodeAnalysis;
using System.Text;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: paths are NUL-terminated and pinned until the call returns.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary><c>BPF_OBJ_PIN</c>: gives a map, program or link a name in a BPF file system.</summary>
    public Errno ObjectPin(SafeFdHandle target, string path)
    {
        using FdLease lease = target.Lease();
        fixed (byte* terminated = Encoding.UTF8.GetBytes(path + '\0'))
        {
            bpf_attr_obj attributes = new() { pathname = (ulong)terminated, bpf_fd = (uint)lease.Value };
            long result = Call(BpfCommand.ObjectPin, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.ObjectPin, $"pathname={path} bpf_fd={lease.Value}", result);
            }

            return result.ToErrno();
        }
    }

    /// <summary><c>BPF_OBJ_GET</c>: opens what is pinned at a path.</summary>
    public bool TryObjectGet(string path, [NotNullWhen(true)] out SafeFdHandle? pinned, out Errno error)
    {
        fixed (byte* terminated = Encoding.UTF8.GetBytes(path + '\0'))
        {
            bpf_attr_obj attributes = new() { pathname = (ulong)terminated };
            long result = Call(BpfCommand.ObjectGet, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.ObjectGet, $"pathname={path}", result);
            }

            return Opened(result, out pinned, out error);
        }
    }

    /// <summary><c>BPF_*_GET_NEXT_ID</c> of maps or programs. False after the last one.</summary>
    /// <exception cref="SyscallException">Any error but ENOENT; EPERM without CAP_SYS_ADMIN.</exception>
    public bool TryGetNextId(BpfCommand command, uint id, out uint nextId)
    {
        bpf_attr_get_id attributes = new() { start_id = id };
        long result = Call(command, ref attributes);
        nextId = attributes.next_id;
        if (reporter.IsWatched)
        {
            Report(command, $"start_id={id} next_id={nextId}", result);
        }

        return Found(command, "ids", result);
    }

    /// <summary>
    /// <c>BPF_*_GET_FD_BY_ID</c> of a map or program. Fails with ENOENT when it went away after its id was read.
    /// </summary>
    public bool TryGetFdById(
        BpfCommand command, uint id, [NotNullWhen(true)] out SafeFdHandle? handle, out Errno error)
    {
        bpf_attr_get_id attributes = new() { map_id = id };
        long result = Call(command, ref attributes);
        if (reporter.IsWatched)
        {
            Report(command, $"id={id}", result);
        }

        return Opened(result, out handle, out error);
    }

    /// <summary>
    /// <c>BPF_ENABLE_STATS</c> (5.8) of <c>BPF_STATS_RUN_TIME</c>: programs are timed until the descriptor is closed.
    /// </summary>
    public bool TryEnableStatistics([NotNullWhen(true)] out SafeFdHandle? statistics, out Errno error)
    {
        bpf_attr_enable_stats attributes = default; // BPF_STATS_RUN_TIME is 0
        long result = Call(BpfCommand.EnableStatistics, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.EnableStatistics, "type=0", result);
        }

        return Opened(result, out statistics, out error);
    }

    /// <summary>
    /// <c>BPF_LINK_CREATE</c> with descriptors that are none, to see what the kernel complains about first: EBADF when
    /// it knows such links, EINVAL when it does not.
    /// </summary>
    /// <param name="program">The program; null for a descriptor that is none.</param>
    /// <param name="attachType"><c>enum bpf_attach_type</c>.</param>
    public Errno LinkCreateNowhere(SafeFdHandle? program, uint attachType)
    {
        using FdLease lease = FdLease.Optional(program);
        bpf_attr_link_create attributes = new()
        {
            prog_fd = program is null ? uint.MaxValue : (uint)lease.Value,
            target_fd = uint.MaxValue,
            attach_type = attachType,
        };
        long result = Call(BpfCommand.LinkCreate, ref attributes);
        if (reporter.IsWatched)
        {
            string arguments = $"prog_fd={(int)attributes.prog_fd} target_fd=-1 attach_type={attachType}";
            Report(BpfCommand.LinkCreate, arguments, result);
        }

        return result.ToErrno();
    }

    /// <summary>
    /// <c>BPF_OBJ_GET_INFO_BY_FD</c> of a program, and the numbers of its maps, which are asked for in a second call.
    /// </summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public uint[] GetProgramInfo(SafeFdHandle program, ref bpf_prog_info info, string subject)
    {
        info = default;
        ObjectGetInfo(program, ref info, subject);
        uint[] maps = new uint[info.nr_map_ids];
        if (maps.Length > 0)
        {
            fixed (uint* pointer = maps)
            {
                info = new bpf_prog_info { nr_map_ids = (uint)maps.Length, map_ids = (ulong)pointer };
                ObjectGetInfo(program, ref info, subject);
            }
        }

        info.map_ids = 0; // no longer pinned
        return maps;
    }
}
