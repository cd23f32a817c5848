using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: every array and name whose address goes into the attributes is pinned until the call returns; the kernel
// copies all of them. Arrays of one call have the same length, or none, and the count is that length.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary><c>BPF_LINK_CREATE</c> of many kprobes (<c>kprobe.multi</c>, 5.18).</summary>
    /// <remarks>Either symbols or addresses are given. All functions are attached, or none.</remarks>
    public bool TryKprobeMultiLinkCreate(
        in MultiLinkRequest request,
        IReadOnlyList<string> symbols,
        ReadOnlySpan<ulong> addresses,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using NativeStrings names = new(symbols);
        fixed (ulong* addressPointer = addresses, cookiePointer = request.Cookies)
        {
            fixed (nint* namePointer = names.Pointers)
            {
                bpf_attr_link_create attributes = new() { attach_type = request.AttachType };
                attributes.kprobe_multi.flags = request.Flags;
                attributes.kprobe_multi.cnt = (uint)Math.Max(symbols.Count, addresses.Length);
                attributes.kprobe_multi.syms = (ulong)namePointer;
                attributes.kprobe_multi.addrs = (ulong)addressPointer;
                attributes.kprobe_multi.cookies = (ulong)cookiePointer;
                return TryLinkCreate(request.Program, ref attributes, out link, out error);
            }
        }
    }

    /// <summary><c>BPF_LINK_CREATE</c> of many uprobes in one file (<c>uprobe.multi</c>, 6.6).</summary>
    /// <param name="request">The program and what goes with it.</param>
    /// <param name="path">The file.</param>
    /// <param name="offsets">Offsets of the instructions in the file.</param>
    /// <param name="semaphores">Offsets of reference counters, one for each probe; empty for none.</param>
    /// <param name="link">The link.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryUprobeMultiLinkCreate(
        in MultiLinkRequest request,
        string path,
        ReadOnlySpan<ulong> offsets,
        ReadOnlySpan<ulong> semaphores,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        fixed (ulong* offsetPointer = offsets, semaphorePointer = semaphores, cookiePointer = request.Cookies)
        {
            fixed (byte* pathPointer = Encoding.UTF8.GetBytes(path + '\0'))
            {
                bpf_attr_link_create attributes = new() { attach_type = request.AttachType };
                attributes.uprobe_multi.path = (ulong)pathPointer;
                attributes.uprobe_multi.offsets = (ulong)offsetPointer;
                attributes.uprobe_multi.ref_ctr_offsets = (ulong)semaphorePointer;
                attributes.uprobe_multi.cookies = (ulong)cookiePointer;
                attributes.uprobe_multi.cnt = (uint)offsets.Length;
                attributes.uprobe_multi.flags = request.Flags;
                attributes.uprobe_multi.pid = request.ProcessId;
                return TryLinkCreate(request.Program, ref attributes, out link, out error);
            }
        }
    }

    /// <summary><c>BPF_LINK_CREATE</c> of an iterator over one map.</summary>
    public bool TryMapIteratorLinkCreate(
        SafeFdHandle program,
        uint attachType,
        SafeFdHandle map,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease lease = map.Lease();
        iter_link_map target = new() { map_fd = (uint)lease.Value };
        return TryIteratorLinkCreate(program, attachType, target, out link, out error);
    }

    /// <summary><c>BPF_LINK_CREATE</c> of an iterator over the threads of one process, or over one thread.</summary>
    /// <remarks>One of the three is given: a thread or a process by its number, a process by its descriptor.</remarks>
    public bool TryTaskIteratorLinkCreate(
        SafeFdHandle program,
        uint attachType,
        uint threadId,
        uint processId,
        SafeHandle? process,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease lease = FdLease.Optional(process);
        iter_link_task target = new() { tid = threadId, pid = processId, pid_fd = (uint)lease.Value };
        return TryIteratorLinkCreate(program, attachType, target, out link, out error);
    }

    /// <summary><c>BPF_LINK_CREATE</c> of an iterator over cgroups.</summary>
    /// <remarks>The first one is given by its directory or, with null, by its number.</remarks>
    public bool TryCgroupIteratorLinkCreate(
        SafeFdHandle program,
        uint attachType,
        SafeFdHandle? cgroup,
        ulong id,
        uint order,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
    {
        using FdLease lease = FdLease.Optional(cgroup);
        iter_link_cgroup target = new() { order = order, cgroup_fd = (uint)lease.Value, cgroup_id = id };
        return TryIteratorLinkCreate(program, attachType, target, out link, out error);
    }

    private bool TryIteratorLinkCreate<T>(
        SafeFdHandle program,
        uint attachType,
        T target,
        [NotNullWhen(true)] out SafeFdHandle? link,
        out Errno error)
        where T : unmanaged
    {
        bpf_attr_link_create attributes = new()
        {
            attach_type = attachType,
            iter_info = (ulong)&target,
            iter_info_len = (uint)sizeof(T),
        };
        return TryLinkCreate(program, ref attributes, out link, out error);
    }
}
