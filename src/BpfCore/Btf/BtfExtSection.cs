using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>The records of a <see cref="BtfExtTable"/> about one ELF section.</summary>
public sealed class BtfExtSection
{
    private readonly ByteView _records;

    internal BtfExtSection(string name, ByteView records, int recordSize)
    {
        Name = name;
        RecordSize = recordSize;
        _records = records;
    }

    /// <summary>Name of the ELF section.</summary>
    public string Name { get; }

    /// <summary>Size of a record in bytes.</summary>
    public int RecordSize { get; }

    /// <summary>Number of records.</summary>
    public int Count => _records.Length / RecordSize;

    /// <summary>The bytes of a record.</summary>
    /// <param name="index">Position from 0.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _records.Span.Slice(index * RecordSize, RecordSize);
        }
    }

    /// <summary>
    /// The first word of a record: the offset in bytes, from the start of the ELF section, of the instruction that
    /// the record is about.
    /// </summary>
    /// <param name="index">Position from 0.</param>
    public uint InstructionOffset(int index) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(this[index]);

    internal BpfFormatException Error(int index, string problem) =>
        _records.Error((long)index * RecordSize, problem);
}
