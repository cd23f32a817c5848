using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>iter_create</c> of <c>union bpf_attr</c>, for <c>BPF_ITER_CREATE</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct bpf_attr_iter_create
{
    [FieldOffset(0)]
    public uint link_fd;
    [FieldOffset(4)]
    public uint flags;
}
