using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BpfCore.Binary;

/// <summary>
/// Bytes of an input together with where they came from. Every read of untrusted bytes goes through its one bounds
/// gate, <see cref="Check"/>; all values are little-endian.
/// </summary>
internal readonly struct ByteView
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public ByteView(ReadOnlyMemory<byte> bytes, string input, string? section = null)
        : this(bytes, input, section, 0)
    {
    }

    private ByteView(ReadOnlyMemory<byte> bytes, string input, string? section, long origin)
    {
        _bytes = bytes;
        Input = input;
        Section = section;
        Origin = origin;
    }

    /// <summary>Name of the input, for messages.</summary>
    public string Input { get; }

    /// <summary>Section the bytes belong to, for messages; null for the file itself.</summary>
    public string? Section { get; }

    /// <summary>Offset of the first byte within <see cref="Section"/> (or the file).</summary>
    public long Origin { get; }

    public int Length => _bytes.Length;

    public ReadOnlyMemory<byte> Memory => _bytes;

    public ReadOnlySpan<byte> Span => _bytes.Span;

    public byte ReadByte(long offset, string what) => Bytes(offset, sizeof(byte), what)[0];

    public ushort ReadUInt16(long offset, string what) =>
        BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, sizeof(ushort), what));

    public uint ReadUInt32(long offset, string what) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, sizeof(uint), what));

    public int ReadInt32(long offset, string what) =>
        BinaryPrimitives.ReadInt32LittleEndian(Bytes(offset, sizeof(int), what));

    public ulong ReadUInt64(long offset, string what) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Bytes(offset, sizeof(ulong), what));

    /// <summary>The <paramref name="length"/> bytes at <paramref name="offset"/>.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, long length, string what)
    {
        Check(offset, length, what);
        return _bytes.Span.Slice((int)offset, (int)length);
    }

    /// <summary>A part of this view; messages go on counting offsets from the start of the section.</summary>
    public ByteView Slice(long offset, long length, string what)
    {
        Check(offset, length, what);
        return new ByteView(_bytes.Slice((int)offset, (int)length), Input, Section, Origin + offset);
    }

    /// <summary>A part of this view that is a section of its own: messages count offsets from its start.</summary>
    public ByteView AsSection(long offset, long length, string section)
    {
        if (!Fits(offset, length))
        {
            throw OutOfBounds(offset, length, $"section {section}");
        }

        return new ByteView(_bytes.Slice((int)offset, (int)length), Input, section, 0);
    }

    /// <summary>An exception about the byte at <paramref name="offset"/> of this view.</summary>
    public BpfFormatException Error(long offset, string problem) =>
        new(Input, Section, unchecked(Origin + offset), problem);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(long offset, long length, string what)
    {
        if (!Fits(offset, length))
        {
            throw OutOfBounds(offset, length, what);
        }
    }

    // Compared in 64 bits without a sum, so no pair can wrap around; a negative number is a very large one here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Fits(long offset, long length) => unchecked(
        (ulong)offset <= (ulong)_bytes.Length && (ulong)length <= (ulong)(_bytes.Length - offset));

    private BpfFormatException OutOfBounds(long offset, long length, string what) =>
        Error(offset, $"{what} needs {length} bytes, but the data ends at 0x{Origin + _bytes.Length:x}");
}
