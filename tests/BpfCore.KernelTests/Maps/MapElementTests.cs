using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapElementTests
{
    [Fact]
    public void HashMap_ElementsComeAndGo()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 8, 2);
        BpfMap<uint, ulong> typed = new(map) { [1] = 10, [2] = 20 };

        Assert.False(typed.TryAdd(1, 11));
        Assert.Equal((10ul, 20ul), (typed[1], typed[2]));
        Assert.Equal("E2BIG", Assert.Throws<SyscallException>(() => typed[3] = 30).ErrorName);
        Assert.False(map.TryUpdate([9, 0, 0, 0], new byte[8], MapUpdateMode.Exist));
        Assert.True(typed.Remove(1));
        Assert.False(typed.Remove(1));
        Assert.False(typed.TryGetValue(1, out _));
    }

    [Fact]
    public void HashMap_TryLookupAndDelete_TakesTheElementOut()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 4, 2);
        map.Update([1, 0, 0, 0], [5, 6, 7, 8]);
        byte[] value = new byte[4];
        bool isFound = false;

        Exception? refusal = Record.Exception(() => isFound = map.TryLookupAndDelete([1, 0, 0, 0], value));

        Assert.SkipWhen(
            refusal is SyscallException { ErrorName: "ENOTSUPP" } && KernelVersion.Current < new KernelVersion(5, 14, 0),
            "this kernel takes elements out of queues and stacks only, not out of a hash map (5.14): ENOTSUPP");
        Assert.Null(refusal);
        Assert.True(isFound);
        Assert.Equal([5, 6, 7, 8], value);
        Assert.False(map.TryLookup([1, 0, 0, 0], value));
    }

    [Fact]
    public void Queue_WithoutKeys_GivesBackInOrder()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Queue, 0, 4, 4);
        map.Update([], [1, 1, 1, 1]);
        map.Update([], [2, 2, 2, 2]);
        byte[] value = new byte[4];

        Assert.True(map.TryLookup([], value));
        Assert.Equal([1, 1, 1, 1], value);
        Assert.True(map.TryLookupAndDelete([], value));
        Assert.True(map.TryLookupAndDelete([], value));
        Assert.Equal([2, 2, 2, 2], value);
        Assert.False(map.TryLookupAndDelete([], value));
    }

    [Fact]
    public void Array_TryDelete_IsRefusedByTheKernel()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Array, 4, 4, 1);

        SyscallException error = Assert.Throws<SyscallException>(() => map.TryDelete([0, 0, 0, 0]));

        Assert.Equal(("map test", "bpf(BPF_MAP_DELETE_ELEM)", "EINVAL"), (error.Subject, error.Call, error.ErrorName));
    }

    [Theory]
    [InlineData(MapType.PerCpuArray)]
    [InlineData(MapType.PerCpuHash)]
    [InlineData(MapType.LruPerCpuHash)]
    public void PerCpuMap_KeepsOneValuePerPossibleCpu(MapType type)
    {
        using BpfMap map = MapTestKernel.Create(type, 4, 12, 64);
        PerCpuMap<uint, Sums> typed = new(map);
        Sums[] values = [.. CpuSet.Possible().Ids.ToArray().Select(id => new Sums((uint)id, 7, 0xffff_ffff))];
        typed.SetValues(3, values);
        Sums[] read = new Sums[typed.CpuCount];

        Assert.True(typed.TryGetValues(3, read));

        Assert.Equal(values, read);
    }

    [Fact]
    public void PerCpuMap_TryLookup_WritesExactlyTheBufferItAsksFor()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerCpuArray, 4, 4, 1);
        byte[] one = new byte[map.ValueBufferSize];
        Array.Fill(one, (byte)0x11);
        map.Update([0, 0, 0, 0], one);
        byte[] guarded = new byte[map.ValueBufferSize + 64];
        Array.Fill(guarded, (byte)0xaa);

        Assert.True(map.TryLookup([0, 0, 0, 0], guarded.AsSpan(0, map.ValueBufferSize)));

        Assert.Equal(64, guarded.AsSpan(map.ValueBufferSize).Count((byte)0xaa));
        Assert.NotEqual(0xaa, guarded[map.ValueBufferSize - 1]); // the last slot's padding, written by the kernel
    }

    private readonly record struct Sums(uint A, uint B, uint C);
}
