using System.Buffers.Binary;
using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>
/// The one pass over the type section: notes where types start and how their names hash, and proves that no record
/// reaches past the end.
/// </summary>
internal static class BtfTypeScanner
{
    // Kernels have 25 bytes a type or more (6.18: 126611 types in 3.2 MB), so this rarely has to grow.
    private const int TypicalRecordSize = 24;

    private const int InfoShift = 8 * BtfNative.btf_type_info;

    /// <summary>Indexes all records.</summary>
    /// <param name="types">The type section.</param>
    /// <param name="names">The string section; it ends with a NUL.</param>
    /// <param name="baseFile">The file that this one extends, or null.</param>
    public static BtfTypeIndex Scan(ByteView types, ReadOnlySpan<byte> names, BtfFile? baseFile)
    {
        ReadOnlySpan<byte> bytes = types.Span;
        uint firstName = baseFile?.StringEnd ?? 0;
        uint nameEnd = firstName + (uint)names.Length;
        BtfTypeIndex index = new(bytes.Length / TypicalRecordSize);
        int offset = 0;
        while (offset < bytes.Length)
        {
            // name_off and info in one load; a record that is cut off reads as kind 0, which does not exist.
            int left = bytes.Length - offset - BtfNative.sizeof_btf_type;
            ulong head = left < 0 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
            long trailing = new BtfInfo((uint)(head >> InfoShift)).TrailingSize;
            uint name = unchecked((uint)head);
            if (trailing < 0 || trailing > left || name >= nameEnd)
            {
                throw Fault(types, offset, nameEnd);
            }

            index.Add(offset, name >= firstName && name != 0
                ? BtfNameHash.At(names, (int)(name - firstName))
                : HashElsewhere(name, baseFile));
            offset += BtfNative.sizeof_btf_type + (int)trailing;
        }

        return index;
    }

    // Of no name, or of one that stands in the base.
    private static ushort HashElsewhere(uint name, BtfFile? baseFile) => name == 0
        ? BtfNameHash.None
        : BtfNameHash.Of(BtfName.Essential(baseFile!.StringBytes(name)));

    // What is wrong with the record, looked for only when something is.
    private static BpfFormatException Fault(ByteView types, int offset, uint stringEnd)
    {
        ReadOnlySpan<byte> record = types.Span[offset..];
        if (record.Length < BtfNative.sizeof_btf_type)
        {
            return types.Error(offset, $"a type record needs 12 bytes, {record.Length} are left");
        }

        BtfInfo info = new(BinaryPrimitives.ReadUInt32LittleEndian(record[BtfNative.btf_type_info..]));
        if (info.TrailingSize < 0)
        {
            return types.Error(offset, $"unknown BTF kind {info.RawKind}; a newer BpfCore may know it");
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(record) >= stringEnd
            && info.TrailingSize <= record.Length - BtfNative.sizeof_btf_type
            ? types.Error(offset, "the name lies past the end of the string section")
            : types.Error(offset, $"a {info.Kind} with {info.Count} elements reaches past the type section");
    }
}
