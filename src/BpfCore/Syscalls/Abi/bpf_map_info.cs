using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct bpf_map_info</c>, as far as this library reads it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct bpf_map_info
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public uint id;
    [FieldOffset(8)]
    public uint key_size;
    [FieldOffset(12)]
    public uint value_size;
    [FieldOffset(16)]
    public uint max_entries;
    [FieldOffset(20)]
    public uint map_flags;
    [FieldOffset(24)]
    public bpf_obj_name name;
}
