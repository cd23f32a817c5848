using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>union bpf_attr</c> for <c>BPF_PROG_ATTACH</c> and <c>BPF_PROG_DETACH</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct bpf_attr_attach
{
    [FieldOffset(0)]
    public uint target_fd;
    [FieldOffset(0)]
    public uint target_ifindex;
    [FieldOffset(4)]
    public uint attach_bpf_fd;
    [FieldOffset(8)]
    public uint attach_type;
    [FieldOffset(12)]
    public uint attach_flags;
    [FieldOffset(16)]
    public uint replace_bpf_fd;
    [FieldOffset(20)]
    public uint relative_fd;
    [FieldOffset(24)]
    public ulong expected_revision;
}
