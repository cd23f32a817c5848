using System.Buffers.Binary;
using BpfCore.Buffers;

namespace BpfCore.Tests.Buffers;

/// <summary>Plays the kernel's part of a perf ring that is written backward, over an array.</summary>
internal sealed class BackwardRingWriter
{
    private const int ControlSize = 4096;

    private readonly byte[] _memory;
    private readonly int _dataSize;
    private ulong _head;

    public BackwardRingWriter(int dataSize)
    {
        _dataSize = dataSize;
        _memory = GC.AllocateArray<byte>(ControlSize + dataSize, pinned: true);
        Reader = new BackwardPerfRing(5, _memory, ControlSize, new byte[PerfRing.ScratchSize]);
    }

    public BackwardPerfRing Reader { get; }

    /// <summary>A sample whose size field and data are a multiple of 8 together.</summary>
    public void WriteSample(ReadOnlySpan<byte> data)
    {
        Span<byte> body = stackalloc byte[sizeof(uint) + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(body, (uint)data.Length);
        data.CopyTo(body[sizeof(uint)..]);
        WriteRecord(9, body);
    }

    public void WriteRecord(uint type, ReadOnlySpan<byte> body, int? statedSize = null)
    {
        Span<byte> record = new byte[8 + body.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, type);
        BinaryPrimitives.WriteUInt16LittleEndian(record[6..], (ushort)(statedSize ?? record.Length));
        body.CopyTo(record[8..]);
        _head = unchecked(_head - (ulong)record.Length);
        for (int i = 0; i < record.Length; i++)
        {
            _memory[ControlSize + (int)(unchecked(_head + (ulong)i) % (ulong)_dataSize)] = record[i];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_memory.AsSpan(1024), _head);
    }
}
