using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct bpf_btf_info</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct bpf_btf_info
{
    [FieldOffset(0)]
    public ulong btf;
    [FieldOffset(8)]
    public uint btf_size;
    [FieldOffset(12)]
    public uint id;
    [FieldOffset(16)]
    public ulong name;
    [FieldOffset(24)]
    public uint name_len;
    [FieldOffset(28)]
    public uint kernel_btf;
}
