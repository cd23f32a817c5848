using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>info</c> of <c>union bpf_attr</c>, for <c>BPF_OBJ_GET_INFO_BY_FD</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct bpf_attr_info
{
    [FieldOffset(0)]
    public uint bpf_fd;
    [FieldOffset(4)]
    public uint info_len;
    [FieldOffset(8)]
    public ulong info;
}
