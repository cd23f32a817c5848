using System.Buffers.Binary;
using System.Diagnostics;
using BpfCore.Buffers;
using BpfCore.KernelTests.Leaks;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

/// <summary>Records that a program reads; the fixture is <c>live/user_ring.bpf.c</c>.</summary>
public sealed class UserRingBufferTests : IDisposable
{
    private readonly BpfObject _bpf;

    public UserRingBufferTests()
    {
        LiveKernel.RequireTracing();
        SkipWithoutUserRings();
        _bpf = BpfObject.Load(LiveObject.ReadFile("user_ring.bpf.o"));
    }

    private BpfMap Map => _bpf.Maps["input"];

    public void Dispose() => _bpf?.Dispose();

    [Fact]
    public void Submit_Records_AreReadByTheProgram()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        Submit(buffer, 5);
        Submit(buffer, 37);

        Assert.Equal(2, Drain());

        Assert.Equal((2ul, 42ul), (Count, Sum));
        Assert.Equal(0, Drain());
    }

    [Fact]
    public void Discard_Records_AreSkippedByTheProgram()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        Assert.True(buffer.TryReserve(8, out UserRingRecord discarded));
        discarded.Discard();
        Submit(buffer, 4);
        if (buffer.TryReserve(8, out UserRingRecord forgotten))
        {
            using (forgotten)
            {
                forgotten.Data.Fill(0xff); // never submitted
            }
        }

        Drain();

        Assert.Equal((1ul, 4ul), (Count, Sum));
    }

    [Fact]
    public void Submit_Twice_IsRefused()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        Assert.True(buffer.TryReserve(8, out UserRingRecord record));
        record.Submit();
        bool isRefused = false;
        try
        {
            record.Discard();
        }
        catch (InvalidOperationException)
        {
            isRefused = true;
        }

        Assert.True(isRefused);
        Assert.Equal(1, Drain());
    }

    [Fact]
    public void TryReserve_RecordAfterRecord_GoesRoundTheRing()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        ulong expected = 0;
        for (ulong i = 0; i < 3000; i++)
        {
            Submit(buffer, i);
            expected += i;
            if (i % 7 == 0)
            {
                Drain();
            }
        }

        Drain();
        Assert.Equal((3000ul, expected), (Count, Sum));
    }

    [Fact]
    public void TryReserve_FullRing_IsFalseAndTooLongIsRefused()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        int sent = 0;
        while (buffer.TryReserve(8, out UserRingRecord record))
        {
            record.Submit();
            sent++;
        }

        Assert.Equal((buffer.LargestRecord + 8) / 16, sent);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.TryReserve(buffer.LargestRecord + 1, out _));
        Assert.Throws<TimeoutException>(() => buffer.Reserve(8, TimeSpan.FromMilliseconds(20)).Dispose());
    }

    [Fact]
    public void Reserve_FullRing_WaitsUntilTheProgramHasRead()
    {
        using UserRingBuffer buffer = UserRingBuffer.Open(Map);
        while (buffer.TryReserve(100, out UserRingRecord record))
        {
            record.Submit();
        }

        using Timer reader = new(_ => Drain(), null, TimeSpan.FromMilliseconds(100), Timeout.InfiniteTimeSpan);
        var watch = Stopwatch.StartNew();

        buffer.Reserve(buffer.LargestRecord / 2, TimeSpan.FromSeconds(30)).Discard();

        Assert.InRange(watch.ElapsedMilliseconds, 50, 10_000);
    }

    [Fact]
    public void Open_MapThatIsWritten_IsRefusedUntilTheOtherIsDisposed()
    {
        UserRingBuffer first = UserRingBuffer.Open(Map);
        Assert.Throws<InvalidOperationException>(() => UserRingBuffer.Open(Map));

        first.Dispose();

        Assert.Throws<ObjectDisposedException>(() => first.TryReserve(8, out _));
        UserRingBuffer.Open(Map).Dispose();
    }

    [Fact]
    public void Open_Disposed_LeavesNothingBehind()
    {
        var held = HeldResources.Take();
        UserRingBuffer buffer = UserRingBuffer.Open(Map);
        Assert.NotEmpty(held.NewDescriptors());
        Assert.NotEmpty(held.NewMappings());

        buffer.Dispose();

        held.AssertNothingNew();
    }

    private ulong Count => _bpf.Variables["count"].Get<ulong>();

    private ulong Sum => _bpf.Variables["sum"].Get<ulong>();

    private static void Submit(UserRingBuffer buffer, ulong value)
    {
        Assert.True(buffer.TryReserve(8, out UserRingRecord record));
        BinaryPrimitives.WriteUInt64LittleEndian(record.Data, value);
        record.Submit();
    }

    // Since Linux 6.1.
    private static void SkipWithoutUserRings()
    {
        try
        {
            MapTestKernel.Create(MapType.UserRingBuffer, 0, 0, 4096).Dispose();
        }
        catch (SyscallException error) when (error.ErrorName == "EINVAL")
        {
            Assert.Skip("this kernel has no user ring buffers");
        }
    }

    private int Drain() => unchecked((int)_bpf.Programs["drain"].TestRun(context: new byte[16]).ReturnValue);
}
