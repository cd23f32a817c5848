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
    /// <param name="program">The program.</param>
    /// <param name="name">The tracepoint, or null.</param>
    /// <param name="cookie">What <c>bpf_get_attach_cookie</c> gives (6.10); 0 for none.</param>
    /// <param name="link">The link, which detaches when its last descriptor is closed.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryRawTracepointOpen(
        SafeFdHandle program,
        string? name,
        ulong cookie,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease lease = program.Lease();
        byte[]? terminated = name is null ? null : Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* namePointer = terminated)
        {
            bpf_attr_raw_tracepoint attributes = new()
            {
                name = (ulong)namePointer,
                prog_fd = (uint)lease.Value,
                cookie = cookie,
            };
            long result = Call(BpfCommand.RawTracepointOpen, ref attributes);
            if (reporter.IsWatched)
            {
                Report(BpfCommand.RawTracepointOpen, $"name={name} prog_fd={lease.Value} cookie={cookie}", result);
            }

            return Opened(result, out link, out error);
        }
    }

    /// <summary><c>BPF_LINK_CREATE</c>.</summary>
    /// <param name="request">What to attach to what.</param>
    /// <param name="link">The link, which detaches when its last descriptor is closed.</param>
    /// <param name="error">Why it failed; EINVAL from kernels that do not know this kind of link.</param>
    public bool TryLinkCreate(
        in LinkRequest request, [NotNullWhen(true)] out SafeFdHandle? link, out Errno error)
    {
        using FdLease target = FdLease.Optional(request.Target);
        using FdLease relative = FdLease.Optional(request.Relative);
        bpf_attr_link_create attributes = new() { attach_type = request.AttachType, flags = request.Flags };
        attributes.target_fd = request.Target is null ? request.InterfaceIndex : (uint)target.Value;
        DescribeTail(request, (uint)relative.Value, ref attributes);
        return TryLinkCreate(request.Program, ref attributes, out link, out error);
    }

    // Members of a union: a request sets those of one kind of link, and what is zero is not written over another's.
    private static void DescribeTail(in LinkRequest request, uint relative, ref bpf_attr_link_create attributes)
    {
        if (request.PerfEventCookie != 0)
        {
            attributes.perf_event.bpf_cookie = request.PerfEventCookie;
        }
        else if (request.TargetTypeId != 0 || request.TracingCookie != 0)
        {
            attributes.tracing.target_btf_id = request.TargetTypeId;
            attributes.tracing.cookie = request.TracingCookie;
        }
        else if (request.ProtocolFamily != 0)
        {
            attributes.netfilter.pf = request.ProtocolFamily;
            attributes.netfilter.hooknum = request.Hook;
            attributes.netfilter.priority = request.Priority;
            attributes.netfilter.flags = request.HookFlags;
        }
        else
        {
            attributes.tcx.relative_fd = relative;
        }
    }

    private bool TryLinkCreate(
        SafeFdHandle program,
        ref bpf_attr_link_create attributes,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease lease = program.Lease();
        attributes.prog_fd = (uint)lease.Value;
        long result = Call(BpfCommand.LinkCreate, ref attributes);
        if (reporter.IsWatched)
        {
            Report(
                BpfCommand.LinkCreate,
                $"prog_fd={attributes.prog_fd} target_fd={attributes.target_fd} "
                + $"attach_type={attributes.attach_type} flags=0x{attributes.flags:x}",
                result);
        }

        return Opened(result, out link, out error);
    }
}
