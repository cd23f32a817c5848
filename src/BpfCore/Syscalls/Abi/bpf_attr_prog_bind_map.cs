using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>prog_bind_map</c> of <c>union bpf_attr</c>, for <c>BPF_PROG_BIND_MAP</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 12)]
internal struct bpf_attr_prog_bind_map
{
    [FieldOffset(0)]
    public uint prog_fd;

    [FieldOffset(4)]
    public uint map_fd;

    [FieldOffset(8)]
    public uint flags;
}
