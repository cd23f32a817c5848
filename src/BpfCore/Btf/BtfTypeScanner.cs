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

    /// <summary>Offsets of all records in id order; the array may be longer.</summary>
    public static (int[] Offsets, int Count) Scan(ByteView types, uint stringEnd)
    {
        ReadOnlySpan<byte> bytes = types.Span;
        int[] offsets = GC.AllocateUninitializedArray<int>((bytes.Length / TypicalRecordSize) + 1);
        int count = 0;
        int offset = 0;
        while (offset < bytes.Length)
        {
            long size = RecordSize(types, bytes, offset, stringEnd);
            if (count == offsets.Length)
            {
                Array.Resize(ref offsets, offsets.Length + (offsets.Length / 2) + 1);
            }

            offsets[count++] = offset;
            offset += (int)size;
        }

        return (offsets, count);
    }

    private static long RecordSize(ByteView types, ReadOnlySpan<byte> bytes, int offset, uint stringEnd)
    {
        ReadOnlySpan<byte> record = bytes[offset..];
        if (record.Length < BtfNative.sizeof_btf_type)
        {
            throw types.Error(offset, $"a type record needs 12 bytes, {record.Length} are left");
        }

        BtfInfo info = new(BinaryPrimitives.ReadUInt32LittleEndian(record[BtfNative.btf_type_info..]));
        long trailing = info.TrailingSize;
        if (trailing < 0)
        {
            throw types.Error(offset, $"unknown BTF kind {info.RawKind}; a newer BpfCore may know it");
        }

        if (record.Length - BtfNative.sizeof_btf_type < trailing)
        {
            throw types.Error(offset, $"a {info.Kind} with {info.Count} elements reaches past the type section");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(record) >= stringEnd)
        {
            throw types.Error(offset, "the name lies past the end of the string section");
        }

        return BtfNative.sizeof_btf_type + trailing;
    }
}
