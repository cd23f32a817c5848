using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct bpf_prog_info</c>, as far as this library reads it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 232)]
internal struct bpf_prog_info
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public uint id;
    [FieldOffset(8)]
    public ulong tag;
    [FieldOffset(16)]
    public uint jited_prog_len;
    [FieldOffset(20)]
    public uint xlated_prog_len;
    [FieldOffset(24)]
    public ulong jited_prog_insns;
    [FieldOffset(32)]
    public ulong xlated_prog_insns;
    [FieldOffset(40)]
    public ulong load_time;
    [FieldOffset(48)]
    public uint created_by_uid;
    [FieldOffset(52)]
    public uint nr_map_ids;
    [FieldOffset(56)]
    public ulong map_ids;
    [FieldOffset(64)]
    public bpf_obj_name name;
    [FieldOffset(80)]
    public uint ifindex;
    [FieldOffset(88)]
    public ulong netns_dev;
    [FieldOffset(96)]
    public ulong netns_ino;
    [FieldOffset(128)]
    public uint btf_id;
    [FieldOffset(192)]
    public ulong run_time_ns;
    [FieldOffset(200)]
    public ulong run_cnt;
    [FieldOffset(208)]
    public ulong recursion_misses;
    [FieldOffset(216)]
    public uint verified_insns;
    [FieldOffset(220)]
    public uint attach_btf_obj_id;
    [FieldOffset(224)]
    public uint attach_btf_id;
}
