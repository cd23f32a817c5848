using BpfCore.Maps;
using BpfCore.Objects;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapLiveTests : IDisposable
{
    private readonly BpfObject _object;

    public MapLiveTests()
    {
        LiveKernel.RequireTracing();
        _object = LiveObject.Load();
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void Hash_UpdatedElements_AreFoundListedAndDeleted()
    {
        BpfMap<uint, ulong> counts = new(_object.Maps["counts"]);
        counts[7] = 70;
        counts[8] = 80;

        Assert.True(counts.TryGetValue(7, out ulong value));
        Assert.Equal(70UL, value);
        Assert.False(counts.TryAdd(8, 1));
        Assert.Equal([(7u, 70UL), (8u, 80UL)], Sorted(counts));

        Assert.True(counts.Remove(7));
        Assert.False(counts.Remove(7));
        Assert.False(counts.TryGetValue(7, out _));
    }

    [Fact]
    public void Hash_MoreElementsThanItHolds_SaysSo()
    {
        BpfMap<uint, ulong> counts = new(_object.Maps["counts"]);
        SyscallException e = Assert.Throws<SyscallException>(() =>
        {
            for (uint key = 0; key < 100; key++)
            {
                counts[key] = key;
            }
        });

        Assert.Equal("E2BIG", e.ErrorName);
        Assert.Equal("map counts", e.Subject);
    }

    [Fact]
    public void Constants_AfterLoad_AreFrozen()
    {
        BpfMap constants = _object.Maps[".rodata"];
        byte[] value = new byte[constants.ValueBufferSize];

        SyscallException e = Assert.Throws<SyscallException>(() => constants.Update(new byte[4], value));

        Assert.Equal("EPERM", e.ErrorName);
    }

    [Fact]
    public void PerCpuArray_ValueOfEachCpu_ComesBackInItsSlot()
    {
        BpfMap map = _object.Maps["per_cpu"];
        byte[] written = new byte[map.ValueBufferSize];
        for (int slot = 0; slot < written.Length; slot += 8)
        {
            written[slot] = (byte)(slot + 1);
        }

        map.Update(new byte[4], written);
        byte[] read = new byte[map.ValueBufferSize];

        Assert.True(map.TryLookup(new byte[4], read));
        Assert.Equal(written, read);
    }

    private static List<(uint Key, ulong Value)> Sorted(BpfMap<uint, ulong> map)
    {
        List<(uint, ulong)> entries = [];
        foreach (KeyValuePair<uint, ulong> entry in map)
        {
            entries.Add((entry.Key, entry.Value));
        }

        entries.Sort();
        return entries;
    }
}
