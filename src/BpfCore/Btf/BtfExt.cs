using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>
/// The section <c>.BTF.ext</c> of a BPF object: function and line information and CO-RE relocation records, by ELF
/// section. Follows Documentation/bpf/btf.rst, section 4.
/// </summary>
public sealed class BtfExt
{
    private BtfExt(BtfExtTable functions, BtfExtTable lines, BtfExtTable coReRelocations)
    {
        FunctionInfo = functions;
        LineInfo = lines;
        CoReRelocations = coReRelocations;
    }

    /// <summary><c>struct bpf_func_info</c> records.</summary>
    public BtfExtTable FunctionInfo { get; }

    /// <summary><c>struct bpf_line_info</c> records.</summary>
    public BtfExtTable LineInfo { get; }

    /// <summary><c>struct bpf_core_relo</c> records; empty in objects without CO-RE.</summary>
    public BtfExtTable CoReRelocations { get; }

    /// <summary>Reads a <c>.BTF.ext</c> section.</summary>
    /// <param name="data">The section's bytes.</param>
    /// <param name="name">Name of the input, for messages.</param>
    /// <param name="types">The object's BTF, whose strings name the sections.</param>
    /// <exception cref="BpfFormatException">The data is not what the format demands.</exception>
    public static BtfExt Read(ReadOnlyMemory<byte> data, string name, BtfFile types)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(types);
        return Read(new ByteView(data, name), types);
    }

    internal static BtfExt Read(ByteView data, BtfFile types)
    {
        CheckHeader(data, out uint headerLength);
        return new BtfExt(
            Table(BtfNative.btf_ext_header_func_info_off, BtfNative.sizeof_bpf_func_info, "func_info"),
            Table(BtfNative.btf_ext_header_line_info_off, BtfNative.sizeof_bpf_line_info, "line_info"),
            headerLength >= BtfNative.sizeof_btf_ext_header
                ? Table(BtfNative.btf_ext_header_core_relo_off, BtfNative.sizeof_bpf_core_relo, "core_relo")
                : BtfExtTable.Empty);

        BtfExtTable Table(int field, int minimumRecordSize, string what)
        {
            uint offset = data.ReadUInt32(field, what);
            uint length = data.ReadUInt32(field + sizeof(uint), what);
            return length == 0
                ? BtfExtTable.Empty
                : BtfExtTable.Read(data.Slice((long)headerLength + offset, length, what), minimumRecordSize, types);
        }
    }

    private static void CheckHeader(ByteView data, out uint headerLength)
    {
        ushort magic = data.ReadUInt16(0, "the .BTF.ext magic");
        if (magic != BtfNative.BTF_MAGIC)
        {
            throw data.Error(0, $"expected the BTF magic 0xeb9f, found 0x{magic:x4}");
        }

        byte version = data.ReadByte(2, "the .BTF.ext version");
        if (version != BtfNative.BTF_VERSION)
        {
            throw data.Error(2, $"expected .BTF.ext version 1, found {version}");
        }

        headerLength = data.ReadUInt32(BtfNative.btf_ext_header_hdr_len, "hdr_len of the .BTF.ext header");
        if (headerLength < BtfNative.sizeof_btf_ext_header_without_core_relo)
        {
            throw data.Error(BtfNative.btf_ext_header_hdr_len, $"hdr_len is {headerLength}, expected at least 24");
        }
    }
}
