using System.Buffers.Binary;
using BpfCore.Buffers;

namespace BpfCore.Tests.Buffers;

/// <summary>A BPF ring buffer over arrays, with both ends: the programs' and the reader under test.</summary>
internal sealed class FakeBpfRing
{
    private const int PageSize = 4096;
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;

    private readonly byte[] _consumer = GC.AllocateArray<byte>(PageSize, pinned: true);
    private readonly byte[] _producer;
    private readonly int _size;

    public FakeBpfRing(int size = 4096, ulong start = 0, int source = 3)
    {
        _size = size;
        _producer = GC.AllocateArray<byte>(PageSize + (2 * size), pinned: true);
        BinaryPrimitives.WriteUInt64LittleEndian(_consumer, start);
        BinaryPrimitives.WriteUInt64LittleEndian(_producer, start);
        Reader = new BpfRing("events", source, _consumer, _producer, PageSize);
        OverwritableReader = new OverwritableBpfRing("events", source, _consumer, _producer, PageSize);
        Overwritten = start;
    }

    public BpfRing Reader { get; }

    public OverwritableBpfRing OverwritableReader { get; }

    /// <summary>Up to where records were overwritten.</summary>
    public ulong Overwritten
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(_producer.AsSpan(16));
        set => BinaryPrimitives.WriteUInt64LittleEndian(_producer.AsSpan(16), value);
    }

    /// <summary>Up to where the reader gave back room.</summary>
    public ulong Consumed
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(_consumer);
        set => BinaryPrimitives.WriteUInt64LittleEndian(_consumer, value);
    }

    /// <summary>Up to where records were reserved.</summary>
    public ulong Produced
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(_producer);
        set => BinaryPrimitives.WriteUInt64LittleEndian(_producer, value);
    }

    /// <summary>As bpf_ringbuf_output of a map that overwrites: the oldest records make room.</summary>
    public void Overwrite(ReadOnlySpan<byte> data)
    {
        ulong end = unchecked(Produced + (ulong)((8 + data.Length + 7) & ~7));
        while (unchecked(end - Overwritten) > (ulong)_size)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(
                _producer.AsSpan(PageSize + (int)(Overwritten & (ulong)(_size - 1))));
            Overwritten = unchecked(Overwritten + ((length & ~Discarded) + 15 & ~7u));
        }

        Consumed = Produced; // so that it has room, whoever reads
        Submit(Reserve(data)!.Value, data.Length);
    }

    /// <summary>As bpf_ringbuf_reserve: null when the ring is full.</summary>
    public ulong? Reserve(ReadOnlySpan<byte> data)
    {
        ulong whole = (ulong)((8 + data.Length + 7) & ~7);
        ulong position = Produced;
        if (unchecked(position + whole - Consumed) > (ulong)_size)
        {
            return null;
        }

        Put(position, (uint)data.Length | Busy);
        for (int i = 0; i < data.Length; i++)
        {
            ulong at = unchecked(position + 8 + (ulong)i);
            Mirror(at, data[i]);
        }

        Produced = unchecked(position + whole);
        return position;
    }

    public void Submit(ulong record, int length) => Put(record, (uint)length);

    public void Discard(ulong record, int length) => Put(record, (uint)length | Discarded);

    /// <summary>Reserves and submits; false when the ring is full.</summary>
    public bool Write(ReadOnlySpan<byte> data)
    {
        if (Reserve(data) is not ulong record)
        {
            return false;
        }

        Submit(record, data.Length);
        return true;
    }

    /// <summary>A header of any content.</summary>
    public void Put(ulong position, uint header)
    {
        for (int i = 0; i < sizeof(uint); i++)
        {
            Mirror(unchecked(position + (ulong)i), unchecked((byte)(header >> (8 * i))));
        }
    }

    // The same memory is mapped twice: a byte is at two places.
    private void Mirror(ulong position, byte value)
    {
        int offset = PageSize + (int)(position % (ulong)_size);
        _producer[offset] = value;
        _producer[offset + _size] = value;
    }
}
