using System.Buffers.Binary;
using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>One record of <c>.BTF.ext</c> (<c>struct bpf_core_relo</c>).</summary>
/// <param name="InstructionOffset">Offset of the instruction from the start of its ELF section, in bytes.</param>
/// <param name="TypeId">The root type, in the object's own BTF.</param>
/// <param name="AccessOffset">Offset of the access string (<c>0:1:2</c>) in the strings of that BTF.</param>
/// <param name="Kind">What is asked.</param>
internal readonly record struct CoReRelocation(
    uint InstructionOffset, BtfTypeId TypeId, uint AccessOffset, CoReRelocationKind Kind)
{
    /// <summary>Decodes a record; bytes after the first 16 belong to newer versions of the structure.</summary>
    public static CoReRelocation Decode(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(record),
        new BtfTypeId(BinaryPrimitives.ReadUInt32LittleEndian(record[4..])),
        BinaryPrimitives.ReadUInt32LittleEndian(record[8..]),
        (CoReRelocationKind)BinaryPrimitives.ReadUInt32LittleEndian(record[12..]));
}
