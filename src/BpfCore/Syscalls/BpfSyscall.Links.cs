using System.Diagnostics.CodeAnalysis;
using System.Text;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: the name is NUL-terminated and pinned until the call returns; the kernel copies it.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary>
    /// <c>BPF_RAW_TRACEPOINT_OPEN</c>: attaches a program to the raw tracepoint <paramref name="name"/>; null for a
    /// program whose target was fixed at load (tp_btf, fentry, fexit).
    /// </summary>
    public bool TryRawTracepointOpen(
        SafeFdHandle program, string? name, [NotNullWhen(true)] out SafeFdHandle? link, out Errno error)
    {
        using FdLease lease = program.Lease();
        byte[]? terminated = name is null ? null : Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* namePointer = terminated)
        {
            bpf_attr_raw_tracepoint attributes = new()
            {
                name = (ulong)namePointer,
                prog_fd = (uint)lease.Value,
            };
            long result = Call(BpfCommand.RawTracepointOpen, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.RawTracepointOpen, $"name={name} prog_fd={lease.Value}", result);
            }

            return Opened(result, out link, out error);
        }
    }

    /// <summary>
    /// <c>BPF_LINK_CREATE</c>: attaches a program to <paramref name="target"/>, for example a perf event; null for a
    /// program whose target was fixed at load.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What to attach to, or null.</param>
    /// <param name="attachType"><c>enum bpf_attach_type</c>.</param>
    /// <param name="link">The link, which detaches when its last descriptor is closed.</param>
    /// <param name="error">Why it failed; EINVAL from kernels that do not know this kind of link.</param>
    public bool TryLinkCreate(
        SafeFdHandle program,
        SafeFdHandle? target,
        uint attachType,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease programLease = program.Lease();
        using FdLease targetLease = FdLease.Optional(target);
        bpf_attr_link_create attributes = new()
        {
            prog_fd = (uint)programLease.Value,
            target_fd = (uint)targetLease.Value,
            attach_type = attachType,
        };
        long result = Call(BpfCommand.LinkCreate, ref attributes);
        if (reporter.IsWatched)
        {
            Report(
                BpfCommand.LinkCreate,
                $"prog_fd={programLease.Value} target_fd={targetLease.Value} attach_type={attachType}",
                result);
        }

        return Opened(result, out link, out error);
    }
}
