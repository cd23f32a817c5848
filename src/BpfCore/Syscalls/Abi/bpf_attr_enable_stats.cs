using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>enable_stats</c> of <c>union bpf_attr</c>, for <c>BPF_ENABLE_STATS</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 4)]
internal struct bpf_attr_enable_stats
{
    [FieldOffset(0)]
    public uint type;
}
