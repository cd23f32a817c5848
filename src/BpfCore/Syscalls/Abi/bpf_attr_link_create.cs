using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>link_create</c> of <c>union bpf_attr</c>, for <c>BPF_LINK_CREATE</c>.</summary>
/// <remarks>The members at offset 16 exclude each other: the kind of link says which one the kernel reads.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct bpf_attr_link_create
{
    [FieldOffset(0)]
    public uint prog_fd;
    [FieldOffset(4)]
    public uint target_fd;
    [FieldOffset(4)]
    public uint target_ifindex;
    [FieldOffset(8)]
    public uint attach_type;
    [FieldOffset(12)]
    public uint flags;
    [FieldOffset(16)]
    public uint target_btf_id;
    [FieldOffset(16)]
    public ulong iter_info;
    [FieldOffset(24)]
    public uint iter_info_len;
    [FieldOffset(16)]
    public link_create_perf_event perf_event;
    [FieldOffset(16)]
    public link_create_kprobe_multi kprobe_multi;
    [FieldOffset(16)]
    public link_create_tracing tracing;
    [FieldOffset(16)]
    public link_create_netfilter netfilter;
    [FieldOffset(16)]
    public link_create_relative tcx;
    [FieldOffset(16)]
    public link_create_relative netkit;
    [FieldOffset(16)]
    public link_create_uprobe_multi uprobe_multi;
}
