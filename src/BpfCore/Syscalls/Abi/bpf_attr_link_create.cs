using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>
/// Member <c>link_create</c> of <c>union bpf_attr</c>, for <c>BPF_LINK_CREATE</c>, without its type-specific tail.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct bpf_attr_link_create
{
    [FieldOffset(0)]
    public uint prog_fd;
    [FieldOffset(4)]
    public uint target_fd;
    [FieldOffset(8)]
    public uint attach_type;
    [FieldOffset(12)]
    public uint flags;
    [FieldOffset(16)]
    public uint target_btf_id;
}
