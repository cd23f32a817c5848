using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>The part of <c>union bpf_attr</c> for <c>BPF_PROG_LOAD</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct bpf_attr_prog_load
{
    [FieldOffset(0)]
    public uint prog_type;
    [FieldOffset(4)]
    public uint insn_cnt;
    [FieldOffset(8)]
    public ulong insns;
    [FieldOffset(16)]
    public ulong license;
    [FieldOffset(24)]
    public uint log_level;
    [FieldOffset(28)]
    public uint log_size;
    [FieldOffset(32)]
    public ulong log_buf;
    [FieldOffset(40)]
    public uint kern_version;
    [FieldOffset(44)]
    public uint prog_flags;
    [FieldOffset(48)]
    public bpf_obj_name prog_name;
    [FieldOffset(64)]
    public uint prog_ifindex;
    [FieldOffset(68)]
    public uint expected_attach_type;
    [FieldOffset(72)]
    public uint prog_btf_fd;
    [FieldOffset(76)]
    public uint func_info_rec_size;
    [FieldOffset(80)]
    public ulong func_info;
    [FieldOffset(88)]
    public uint func_info_cnt;
    [FieldOffset(92)]
    public uint line_info_rec_size;
    [FieldOffset(96)]
    public ulong line_info;
    [FieldOffset(104)]
    public uint line_info_cnt;
    [FieldOffset(108)]
    public uint attach_btf_id;
    [FieldOffset(112)]
    public uint attach_prog_fd;
    [FieldOffset(112)]
    public uint attach_btf_obj_fd;
    [FieldOffset(116)]
    public uint core_relo_cnt;
    [FieldOffset(120)]
    public ulong fd_array;
}
