namespace BpfCore.Btf;

/// <summary>Sizes, offsets and masks of include/uapi/linux/btf.h, in its own names.</summary>
internal static class BtfNative
{
    public const ushort BTF_MAGIC = 0xEB9F;
    public const ushort BTF_MAGIC_SWAPPED = 0x9FEB;
    public const byte BTF_VERSION = 1;

    // struct btf_header
    public const int btf_header_hdr_len = 4;
    public const int btf_header_type_off = 8;
    public const int btf_header_type_len = 12;
    public const int btf_header_str_off = 16;
    public const int btf_header_str_len = 20;
    public const int sizeof_btf_header = 24;

    // struct btf_type
    public const int btf_type_name_off = 0;
    public const int btf_type_info = 4;
    public const int btf_type_size = 8;
    public const int sizeof_btf_type = 12;

    // What follows struct btf_type.
    public const int sizeof_btf_array = 12;
    public const int sizeof_btf_enum = 8;
    public const int sizeof_btf_enum64 = 12;
    public const int sizeof_btf_member = 12;
    public const int sizeof_btf_param = 8;
    public const int sizeof_btf_var = 4;
    public const int sizeof_btf_var_secinfo = 12;
    public const int sizeof_btf_decl_tag = 4;
    public const int sizeof_btf_int = 4;

    // struct btf_ext_header
    public const int btf_ext_header_hdr_len = 4;
    public const int btf_ext_header_func_info_off = 8;
    public const int btf_ext_header_line_info_off = 16;
    public const int btf_ext_header_core_relo_off = 24;
    public const int sizeof_btf_ext_header_without_core_relo = 24;
    public const int sizeof_btf_ext_header = 32;
    public const int sizeof_btf_ext_info_sec = 8;
    public const int sizeof_bpf_func_info = 8;
    public const int sizeof_bpf_line_info = 16;
    public const int sizeof_bpf_core_relo = 16;
}
