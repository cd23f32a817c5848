using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>A line of the source that instructions were compiled from (<c>struct bpf_line_info</c>).</summary>
/// <param name="InstructionOffset">
/// Offset of the first instruction from the start of its ELF section, in bytes; the line holds up to the next record.
/// </param>
/// <param name="FileName">Path of the source file as the compiler was given it.</param>
/// <param name="Text">The line itself; empty when the compiler did not see the source.</param>
/// <param name="Line">Number of the line, from 1; 0 when not known.</param>
/// <param name="Column">Column, from 1; 0 when not known.</param>
public readonly record struct BtfLine(uint InstructionOffset, string FileName, string Text, uint Line, uint Column)
{
    private const int FileNameOffset = 4;
    private const int TextOffset = 8;
    private const int PlaceOffset = 12;
    private const int LineShift = 10;
    private const uint ColumnMask = 0x3FF;

    /// <summary>Decodes a record.</summary>
    /// <param name="types">The object's BTF, which holds the strings.</param>
    /// <param name="records">A group of <see cref="BtfExt.LineInfo"/>.</param>
    /// <param name="index">Position of the record in the group, from 0.</param>
    /// <exception cref="BpfFormatException">A string does not exist.</exception>
    public static BtfLine Read(BtfFile types, BtfExtSection records, int index)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(records);
        ReadOnlySpan<byte> record = records[index];
        uint place = BinaryPrimitives.ReadUInt32LittleEndian(record[PlaceOffset..]);
        return new BtfLine(
            records.InstructionOffset(index),
            types.StringText(BinaryPrimitives.ReadUInt32LittleEndian(record[FileNameOffset..])),
            types.StringText(BinaryPrimitives.ReadUInt32LittleEndian(record[TextOffset..])),
            place >> LineShift,
            place & ColumnMask);
    }
}
