using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>
/// The part of <c>union bpf_attr</c> for <c>BPF_MAP_*_ELEM</c>, <c>BPF_MAP_GET_NEXT_KEY</c> and <c>BPF_MAP_FREEZE</c>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct bpf_attr_map_elem
{
    [FieldOffset(0)]
    public uint map_fd;
    [FieldOffset(8)]
    public ulong key;
    [FieldOffset(16)]
    public ulong value;
    [FieldOffset(16)]
    public ulong next_key;
    [FieldOffset(24)]
    public ulong flags;
}
