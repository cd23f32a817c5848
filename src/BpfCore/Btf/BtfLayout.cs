using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>The two sections that <c>struct btf_header</c> announces.</summary>
internal readonly struct BtfLayout
{
    private BtfLayout(ByteView types, StringTable strings)
    {
        Types = types;
        Strings = strings;
    }

    public ByteView Types { get; }

    public StringTable Strings { get; }

    /// <summary>Reads the header and checks both sections.</summary>
    /// <param name="data">The whole blob.</param>
    /// <param name="baseFile">The BTF that this one extends; its strings go on with the base's.</param>
    public static BtfLayout Read(ByteView data, BtfFile? baseFile)
    {
        CheckMagic(data);
        uint headerLength = data.ReadUInt32(BtfNative.btf_header_hdr_len, "hdr_len of the BTF header");
        if (headerLength < BtfNative.sizeof_btf_header)
        {
            throw data.Error(BtfNative.btf_header_hdr_len, $"hdr_len is {headerLength}, expected at least 24");
        }

        ByteView types = Section(data, headerLength, BtfNative.btf_header_type_off, "the type section");
        ByteView strings = Section(data, headerLength, BtfNative.btf_header_str_off, "the string section");
        if (data.ReadUInt32(BtfNative.btf_header_type_off, "type_off") % sizeof(uint) != 0)
        {
            throw data.Error(BtfNative.btf_header_type_off, "the type section is not aligned to 4 bytes");
        }

        CheckFirstString(strings, baseFile);
        return new BtfLayout(types, new StringTable(strings));
    }

    // Name offset 0 means no name, so the first string is empty; that of a split file stands in its base.
    private static void CheckFirstString(ByteView strings, BtfFile? baseFile)
    {
        if (baseFile is null && strings.ReadByte(0, "the first string") != 0)
        {
            throw strings.Error(
                0, "the first string is not empty; is this the split BTF of a module without its base?");
        }
    }

    private static void CheckMagic(ByteView data)
    {
        ushort magic = data.ReadUInt16(0, "the BTF magic");
        if (magic == BtfNative.BTF_MAGIC_SWAPPED)
        {
            throw data.Error(0, "this BTF is big-endian; only little-endian BTF can be read");
        }

        if (magic != BtfNative.BTF_MAGIC)
        {
            throw data.Error(0, $"expected the BTF magic 0xeb9f, found 0x{magic:x4}");
        }

        byte version = data.ReadByte(2, "the BTF version");
        if (version != BtfNative.BTF_VERSION)
        {
            throw data.Error(2, $"expected BTF version 1, found {version}");
        }
    }

    private static ByteView Section(ByteView data, uint headerLength, int field, string what)
    {
        uint offset = data.ReadUInt32(field, what);
        uint length = data.ReadUInt32(field + sizeof(uint), what);
        return data.Slice((long)headerLength + offset, length, what);
    }
}
