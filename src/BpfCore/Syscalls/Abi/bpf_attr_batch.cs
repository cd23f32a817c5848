using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>batch</c> of <c>union bpf_attr</c>, for <c>BPF_MAP_*_BATCH</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct bpf_attr_batch
{
    [FieldOffset(0)]
    public ulong in_batch;
    [FieldOffset(8)]
    public ulong out_batch;
    [FieldOffset(16)]
    public ulong keys;
    [FieldOffset(24)]
    public ulong values;
    [FieldOffset(32)]
    public uint count;
    [FieldOffset(36)]
    public uint map_fd;
    [FieldOffset(40)]
    public ulong elem_flags;
    [FieldOffset(48)]
    public ulong flags;
}
