using System.Buffers.Binary;
using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>
/// The one pass over the type section: notes where each type starts and proves that no record reaches past the end.
/// </summary>
internal static class BtfTypeScanner
{
    // Kernels have 25 bytes a type or more (6.18: 126611 types in 3.2 MB), so this rarely has to grow.
    private const int TypicalRecordSize = 24;

    private const int InfoShift = 8 * BtfNative.btf_type_info;

    /// <summary>Offsets of all records in id order; the array may be longer.</summary>
    public static (int[] Offsets, int Count) Scan(ByteView types, uint stringEnd)
    {
        ReadOnlySpan<byte> bytes = types.Span;
        int[] offsets = GC.AllocateUninitializedArray<int>((bytes.Length / TypicalRecordSize) + 1);
        int count = 0;
        int offset = 0;
        while (offset < bytes.Length)
        {
            // name_off and info in one load; a record that is cut off reads as kind 0, which does not exist.
            int left = bytes.Length - offset - BtfNative.sizeof_btf_type;
            ulong head = left < 0 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
            long trailing = new BtfInfo((uint)(head >> InfoShift)).TrailingSize;
            if (trailing < 0 || trailing > left || unchecked((uint)head) >= stringEnd)
            {
                throw Fault(types, offset, stringEnd);
            }

            if (count == offsets.Length)
            {
                Array.Resize(ref offsets, offsets.Length + (offsets.Length / 2) + 1);
            }

            offsets[count++] = offset;
            offset += BtfNative.sizeof_btf_type + (int)trailing;
        }

        return (offsets, count);
    }

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
