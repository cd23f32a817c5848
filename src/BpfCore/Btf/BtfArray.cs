using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>What an array is made of (<c>struct btf_array</c>).</summary>
/// <param name="ElementTypeId">Id of the element type.</param>
/// <param name="IndexTypeId">Id of the index type.</param>
/// <param name="Count">Number of elements; 0 for a flexible array.</param>
public readonly record struct BtfArray(BtfTypeId ElementTypeId, BtfTypeId IndexTypeId, uint Count)
{
    internal static BtfArray Decode(ReadOnlySpan<byte> record) => new(
        new BtfTypeId(BinaryPrimitives.ReadUInt32LittleEndian(record)),
        new BtfTypeId(BinaryPrimitives.ReadUInt32LittleEndian(record[4..])),
        BinaryPrimitives.ReadUInt32LittleEndian(record[8..]));
}
