using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>raw_tracepoint</c> of <c>union bpf_attr</c>, for <c>BPF_RAW_TRACEPOINT_OPEN</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct bpf_attr_raw_tracepoint
{
    [FieldOffset(0)]
    public ulong name;
    [FieldOffset(8)]
    public uint prog_fd;
    [FieldOffset(16)]
    public ulong cookie;
}
