using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>union bpf_attr</c> for <c>BPF_BTF_LOAD</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct bpf_attr_btf_load
{
    [FieldOffset(0)]
    public ulong btf;
    [FieldOffset(8)]
    public ulong btf_log_buf;
    [FieldOffset(16)]
    public uint btf_size;
    [FieldOffset(20)]
    public uint btf_log_size;
    [FieldOffset(24)]
    public uint btf_log_level;
    [FieldOffset(28)]
    public uint btf_log_true_size;
}
