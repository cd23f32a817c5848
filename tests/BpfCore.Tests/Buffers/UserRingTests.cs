using System.Buffers.Binary;
using BpfCore.Buffers;
using Xunit;

namespace BpfCore.Tests.Buffers;

public sealed class UserRingTests
{
    private const int PageSize = 4096;
    private const int Size = 256;

    private readonly byte[] _consumer = GC.AllocateArray<byte>(PageSize, pinned: true);
    private readonly byte[] _producer = GC.AllocateArray<byte>(PageSize + (2 * Size), pinned: true);
    private readonly UserRing _ring;

    public UserRingTests()
    {
        _ring = new UserRing(_consumer, _producer, PageSize);
    }

    [Fact]
    public void TryReserve_Record_IsBusyUntilItIsCommitted()
    {
        Assert.True(_ring.TryReserve(5, out int record));

        Assert.Equal((1u << 31) | 5, HeaderAt(0));
        Assert.Equal(16ul, Produced);
        _ring.DataOf(record, 5).Fill(0x7e);
        _ring.Commit(record, 5, isDiscarded: false);

        Assert.Equal(5u, HeaderAt(0));
        Assert.Equal([0x7e, 0x7e, 0x7e, 0x7e, 0x7e, 0, 0, 0], _producer[(PageSize + 8)..(PageSize + 16)]);
    }

    [Fact]
    public void Commit_Discarded_SetsTheBit()
    {
        _ring.TryReserve(5, out int record);

        _ring.Commit(record, 5, isDiscarded: true);

        Assert.Equal((1u << 30) | 5, HeaderAt(0));
    }

    [Fact]
    public void TryReserve_SeveralRecords_MayBeCommittedInAnyOrder()
    {
        Assert.True(_ring.TryReserve(8, out int first));
        Assert.True(_ring.TryReserve(8, out int second));

        _ring.Commit(second, 8, isDiscarded: false);
        Assert.Equal(((1u << 31) | 8, 8u), (HeaderAt(0), HeaderAt(16)));

        _ring.Commit(first, 8, isDiscarded: false);
        Assert.Equal((8u, 8u), (HeaderAt(0), HeaderAt(16)));
    }

    [Fact]
    public void TryReserve_FullRing_IsRefusedUntilTheKernelHasRead()
    {
        Assert.Equal(Size - 8, _ring.LargestRecord);
        Assert.True(_ring.TryReserve(_ring.LargestRecord, out _));
        Assert.False(_ring.TryReserve(0, out _));

        BinaryPrimitives.WriteUInt64LittleEndian(_consumer, Size);

        Assert.True(_ring.TryReserve(_ring.LargestRecord, out _));
        Assert.Equal(2ul * Size, Produced);
    }

    [Fact]
    public void TryReserve_AtEveryOffset_GivesOneSpan()
    {
        for (ulong start = 0; start < Size; start += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_consumer, start);
            BinaryPrimitives.WriteUInt64LittleEndian(_producer, start);

            Assert.True(_ring.TryReserve(Size - 8, out int record));

            Assert.Equal(PageSize + (int)start, record);
            Assert.Equal(Size - 8, _ring.DataOf(record, Size - 8).Length);
        }
    }

    [Fact]
    public void TryReserve_PositionsWrapAroundU64_GoesOn()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_consumer, unchecked(0ul - 16));
        BinaryPrimitives.WriteUInt64LittleEndian(_producer, unchecked(0ul - 16));

        Assert.True(_ring.TryReserve(20, out _));

        Assert.Equal(16ul, Produced);
    }

    private ulong Produced => BinaryPrimitives.ReadUInt64LittleEndian(_producer);

    private uint HeaderAt(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_producer.AsSpan(PageSize + offset));
}
