using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>struct bpf_link_info</c> that all kinds of links share.</summary>
[StructLayout(LayoutKind.Explicit, Size = 12)]
internal struct bpf_link_info
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public uint id;
    [FieldOffset(8)]
    public uint prog_id;
}
