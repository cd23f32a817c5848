using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>union bpf_attr</c> for <c>BPF_*_GET_NEXT_ID</c> and <c>BPF_*_GET_FD_BY_ID</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct bpf_attr_get_id
{
    [FieldOffset(0)]
    public uint start_id;
    [FieldOffset(0)]
    public uint prog_id;
    [FieldOffset(0)]
    public uint map_id;
    [FieldOffset(0)]
    public uint btf_id;
    [FieldOffset(4)]
    public uint next_id;
    [FieldOffset(8)]
    public uint open_flags;
}
