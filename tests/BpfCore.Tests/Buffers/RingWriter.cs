using System.Buffers.Binary;

namespace BpfCore.Tests.Buffers;

/// <summary>Plays the kernel's part of a perf ring: writes records and moves data_head.</summary>
/// <param name="memory">Control page and data.</param>
/// <param name="controlSize">Size of the control page.</param>
internal class RingWriter(Memory<byte> memory, int controlSize)
{
    public ulong Head
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(memory.Span[1024..]);
        set => BinaryPrimitives.WriteUInt64LittleEndian(memory.Span[1024..], value);
    }

    public ulong Tail
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(memory.Span[1032..]);
        set => BinaryPrimitives.WriteUInt64LittleEndian(memory.Span[1032..], value);
    }

    /// <summary>
    /// A sample as perf_output_sample writes it: size and data together are padded to a multiple of 8.
    /// </summary>
    public void WriteSample(ReadOnlySpan<byte> data)
    {
        int padded = ((sizeof(uint) + data.Length + 7) & ~7) - sizeof(uint);
        Span<byte> body = stackalloc byte[sizeof(uint) + padded];
        body.Fill(0xee); // the padding
        BinaryPrimitives.WriteUInt32LittleEndian(body, (uint)padded);
        data.CopyTo(body[sizeof(uint)..]);
        WriteRecord(9, 8 + body.Length, body);
    }

    public void WriteLost(ulong count)
    {
        Span<byte> body = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(body, 77); // id
        BinaryPrimitives.WriteUInt64LittleEndian(body[8..], count);
        WriteRecord(2, 24, body);
    }

    /// <summary>
    /// A record with a header of any content; data_head moves by what is written, not by the stated size.
    /// </summary>
    public void WriteRecord(uint type, int statedSize, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)statedSize);
        Put(header, Head);
        Put(body, unchecked(Head + 8));
        Head = unchecked(Head + 8 + (ulong)body.Length);
    }

    private void Put(ReadOnlySpan<byte> bytes, ulong position)
    {
        Span<byte> data = memory.Span[controlSize..];
        for (int i = 0; i < bytes.Length; i++)
        {
            data[(int)(unchecked(position + (ulong)i) % (ulong)data.Length)] = bytes[i];
        }
    }
}
