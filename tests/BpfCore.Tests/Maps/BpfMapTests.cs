using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Maps;

public sealed class BpfMapTests
{
    private static readonly byte[] s_key = [1, 2, 3, 4];
    private static readonly byte[] s_value = [8, 7, 6, 5, 4, 3, 2, 1];

    private readonly FakeMapKernel _kernel = new();

    [Fact]
    public void TryLookup_ElementThere_CopiesItsValue()
    {
        using BpfMap map = MapBench.Create(_kernel);
        map.Update(s_key, s_value);
        byte[] value = new byte[8];

        Assert.True(map.TryLookup(s_key, value));

        Assert.Equal(s_value, value);
    }

    [Fact]
    public void TryLookup_NoSuchElement_IsFalse()
    {
        using BpfMap map = MapBench.Create(_kernel);

        Assert.False(map.TryLookup(s_key, new byte[8]));
    }

    [Theory]
    [InlineData(3, 8, "map start: keys are 4 bytes, this one is 3")]
    [InlineData(4, 7, "map start: the value of an element takes 8 bytes, this one is 7")]
    [InlineData(4, 9, "map start: the value of an element takes 8 bytes, this one is 9")]
    public void AnyCall_BufferOfOtherSize_IsRefusedBeforeTheKernelSeesIt(int keySize, int valueSize, string message)
    {
        using BpfMap map = MapBench.Create(_kernel);
        byte[] key = new byte[keySize];
        byte[] value = new byte[valueSize];
        int calls = _kernel.Commands.Count;

        Assert.StartsWith(message, Refusal(() => map.TryLookup(key, value)), StringComparison.Ordinal);
        Assert.StartsWith(message, Refusal(() => map.TryLookupAndDelete(key, value)), StringComparison.Ordinal);
        Assert.StartsWith(message, Refusal(() => map.Update(key, value)), StringComparison.Ordinal);
        Assert.StartsWith(
            message, Refusal(() => map.TryUpdate(key, value, MapUpdateMode.Any)), StringComparison.Ordinal);
        Assert.Equal(calls, _kernel.Commands.Count);
    }

    [Fact]
    public void TryDeleteAndTryGetNextKey_KeyOfOtherSize_IsRefused()
    {
        using BpfMap map = MapBench.Create(_kernel);

        Assert.Contains("keys are 4 bytes", Refusal(() => map.TryDelete(new byte[5])), StringComparison.Ordinal);
        Assert.Contains(
            "keys are 4 bytes", Refusal(() => map.TryGetNextKey(new byte[2], new byte[4])), StringComparison.Ordinal);
        Assert.Contains("keys are 4 bytes", Refusal(() => map.TryGetNextKey([], [])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MapType.PerCpuHash, 1, 24)]
    [InlineData(MapType.PerCpuArray, 8, 24)]
    [InlineData(MapType.LruPerCpuHash, 12, 48)]
    [InlineData(MapType.Hash, 12, 12)]
    public void ValueBufferSize_IsASlotOfEightBytesPerPossibleCpu(MapType type, uint valueSize, int expected)
    {
        using BpfMap map = MapBench.Create(_kernel, type, valueSize: valueSize);

        Assert.Equal(expected, map.ValueBufferSize);
        Assert.Equal((int)valueSize, map.ValueSize);
    }

    [Fact]
    public void Update_MapIsFull_NamesMapCallAndErrno()
    {
        using BpfMap map = MapBench.Create(_kernel, maxEntries: 1);
        map.Update(s_key, s_value);

        SyscallException error = Assert.Throws<SyscallException>(() => map.Update([0, 0, 0, 0], s_value));

        Assert.Equal("map start", error.Subject);
        Assert.Equal("bpf(BPF_MAP_UPDATE_ELEM)", error.Call);
        Assert.Equal("E2BIG", error.ErrorName);
    }

    [Fact]
    public void Update_ModeNotMet_Throws()
    {
        using BpfMap map = MapBench.Create(_kernel);

        Assert.Equal(
            "ENOENT",
            Assert.Throws<SyscallException>(() => map.Update(s_key, s_value, MapUpdateMode.Exist)).ErrorName);
    }

    [Fact]
    public void TryUpdate_ModeNotMet_IsFalseAndLeavesTheElement()
    {
        using BpfMap map = MapBench.Create(_kernel);

        Assert.False(map.TryUpdate(s_key, s_value, MapUpdateMode.Exist));
        Assert.True(map.TryUpdate(s_key, s_value, MapUpdateMode.NoExist));
        Assert.False(map.TryUpdate(s_key, new byte[8], MapUpdateMode.NoExist));
        Assert.Equal(s_value, _kernel.Map.ValueOf(s_key));
        Assert.True(map.TryUpdate(s_key, new byte[8], MapUpdateMode.Exist));
        Assert.Equal(new byte[8], _kernel.Map.ValueOf(s_key));
    }

    [Fact]
    public void TryUpdate_OtherError_Throws()
    {
        using BpfMap map = MapBench.Create(_kernel);
        map.Freeze();

        Assert.Equal(
            "EPERM",
            Assert.Throws<SyscallException>(() => map.TryUpdate(s_key, s_value, MapUpdateMode.NoExist)).ErrorName);
    }

    [Fact]
    public void TryDelete_TellsWhetherTheElementWasThere()
    {
        using BpfMap map = MapBench.Create(_kernel);
        map.Update(s_key, s_value);

        Assert.True(map.TryDelete(s_key));
        Assert.False(map.TryDelete(s_key));
    }

    [Fact]
    public void TryLookupAndDelete_ElementThere_TakesItOut()
    {
        using BpfMap map = MapBench.Create(_kernel);
        map.Update(s_key, s_value);
        byte[] value = new byte[8];

        Assert.True(map.TryLookupAndDelete(s_key, value));

        Assert.Equal(s_value, value);
        Assert.Empty(_kernel.Map.Keys);
    }

    [Fact]
    public void AnyCall_AfterDispose_Throws()
    {
        BpfMap map = MapBench.Create(_kernel);
        map.Dispose();
        map.Dispose();

        Assert.Throws<ObjectDisposedException>(() => map.TryDelete(s_key));
        Assert.Empty(_kernel.OpenDescriptors);
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
