using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>union bpf_attr</c> for <c>BPF_OBJ_PIN</c> and <c>BPF_OBJ_GET</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct bpf_attr_obj
{
    [FieldOffset(0)]
    public ulong pathname;
    [FieldOffset(8)]
    public uint bpf_fd;
    [FieldOffset(12)]
    public uint file_flags;
    [FieldOffset(16)]
    public int path_fd;
}
