using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

internal sealed unsafe partial class BpfSyscall
{
    private const uint Replace = 1 << 2; // BPF_F_REPLACE

    /// <summary><c>BPF_LINK_UPDATE</c>: another program takes the place of the attached one.</summary>
    /// <param name="link">The link.</param>
    /// <param name="program">The program to run from now on.</param>
    /// <param name="expected">The one that has to be attached now (else EPERM); null for any.</param>
    public Errno LinkUpdate(SafeFdHandle link, SafeFdHandle program, SafeFdHandle? expected)
    {
        using FdLease linkLease = link.Lease();
        using FdLease programLease = program.Lease();
        using FdLease expectedLease = FdLease.Optional(expected);
        bpf_attr_link_update attributes = new()
        {
            link_fd = (uint)linkLease.Value,
            new_prog_fd = (uint)programLease.Value,
            flags = expected is null ? 0 : Replace,
            old_prog_fd = (uint)expectedLease.Value,
        };
        long result = Call(BpfCommand.LinkUpdate, ref attributes);
        if (reporter.IsWatched)
        {
            Report(
                BpfCommand.LinkUpdate,
                $"link_fd={linkLease.Value} new_prog_fd={programLease.Value} old_prog_fd={expectedLease.Value}",
                result);
        }

        return result.ToErrno();
    }

    /// <summary><c>BPF_LINK_DETACH</c>: detaches although there are other descriptors and pins of the link.</summary>
    public Errno LinkDetach(SafeFdHandle link)
    {
        using FdLease lease = link.Lease();
        bpf_attr_link_detach attributes = new() { link_fd = (uint)lease.Value };
        long result = Call(BpfCommand.LinkDetach, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.LinkDetach, $"link_fd={lease.Value}", result);
        }

        return result.ToErrno();
    }

    /// <summary><c>BPF_LINK_GET_FD_BY_ID</c>. ENOENT when there is no such link (any more).</summary>
    public bool TryLinkGetFdById(uint id, [NotNullWhen(true)] out SafeFdHandle? link, out Errno error)
    {
        bpf_attr_get_id attributes = new() { btf_id = id }; // link_id shares its place
        long result = Call(BpfCommand.LinkGetFdById, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.LinkGetFdById, $"link_id={id}", result);
        }

        return Opened(result, out link, out error);
    }

    /// <summary><c>BPF_LINK_GET_NEXT_ID</c>: false after the last one.</summary>
    /// <exception cref="SyscallException">Any error but ENOENT; EPERM without CAP_SYS_ADMIN.</exception>
    public bool TryLinkGetNextId(uint id, out uint nextId)
    {
        bpf_attr_get_id attributes = new() { start_id = id };
        long result = Call(BpfCommand.LinkGetNextId, ref attributes);
        nextId = attributes.next_id;
        if (reporter.IsWatched)
        {
            Report(BpfCommand.LinkGetNextId, $"start_id={id} next_id={nextId}", result);
        }

        return Found(BpfCommand.LinkGetNextId, "link ids", result);
    }

    /// <summary><c>BPF_ITER_CREATE</c>: a run of an iterator, to be read like a file.</summary>
    public bool TryIteratorCreate(SafeFdHandle link, [NotNullWhen(true)] out SafeFdHandle? run, out Errno error)
    {
        using FdLease lease = link.Lease();
        bpf_attr_iter_create attributes = new() { link_fd = (uint)lease.Value };
        long result = Call(BpfCommand.IteratorCreate, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.IteratorCreate, $"link_fd={lease.Value}", result);
        }

        return Opened(result, out run, out error);
    }

    /// <summary><c>BPF_PROG_ATTACH</c>: attaches without a link, until <see cref="ProgramDetach"/>.</summary>
    public Errno ProgramAttach(SafeFdHandle program, SafeFdHandle target, uint attachType, uint flags) =>
        Attachment(BpfCommand.ProgramAttach, program, target, attachType, flags);

    /// <summary><c>BPF_PROG_DETACH</c>: undoes <see cref="ProgramAttach"/>.</summary>
    public Errno ProgramDetach(SafeFdHandle program, SafeFdHandle target, uint attachType) =>
        Attachment(BpfCommand.ProgramDetach, program, target, attachType, flags: 0);

    private Errno Attachment(
        BpfCommand command, SafeFdHandle program, SafeFdHandle target, uint attachType, uint flags)
    {
        using FdLease programLease = program.Lease();
        using FdLease targetLease = target.Lease();
        bpf_attr_attach attributes = new()
        {
            target_fd = (uint)targetLease.Value,
            attach_bpf_fd = (uint)programLease.Value,
            attach_type = attachType,
            attach_flags = flags,
        };
        long result = Call(command, ref attributes);
        if (reporter.IsWatched)
        {
            Report(
                command,
                $"target_fd={targetLease.Value} attach_bpf_fd={programLease.Value} attach_type={attachType}",
                result);
        }

        return result.ToErrno();
    }
}
