using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct bpf_prog_info</c>, as far as this library reads it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal struct bpf_prog_info
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public uint id;
    [FieldOffset(16)]
    public uint jited_prog_len;
    [FieldOffset(20)]
    public uint xlated_prog_len;
    [FieldOffset(64)]
    public bpf_obj_name name;
    [FieldOffset(128)]
    public uint btf_id;
}
