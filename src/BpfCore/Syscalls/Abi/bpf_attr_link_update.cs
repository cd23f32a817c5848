using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>link_update</c> of <c>union bpf_attr</c>, for <c>BPF_LINK_UPDATE</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct bpf_attr_link_update
{
    [FieldOffset(0)]
    public uint link_fd;
    [FieldOffset(4)]
    public uint new_prog_fd;
    [FieldOffset(8)]
    public uint flags;
    [FieldOffset(12)]
    public uint old_prog_fd;
}
