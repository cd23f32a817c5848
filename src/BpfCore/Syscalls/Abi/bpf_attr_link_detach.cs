using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>link_detach</c> of <c>union bpf_attr</c>, for <c>BPF_LINK_DETACH</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 4)]
internal struct bpf_attr_link_detach
{
    [FieldOffset(0)]
    public uint link_fd;
}
