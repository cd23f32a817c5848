using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapCreationTests
{
    [Fact]
    public void Create_TheKernelKnowsTheMapByItsName()
    {
        MapSpec spec = new("a-map.with-a-long-name", ".maps", MapType.LruHash)
        {
            KeySize = 2,
            ValueSize = 3,
            MaxEntries = 8,
        };
        using BpfMap map = new MapFactory(MapTestKernel.Calls).Create(spec, btf: null);
        bpf_map_info info = default;

        MapTestKernel.Calls.Bpf.ObjectGetInfo(map.Handle, ref info, "map");

        Assert.Equal("a_map.with_a_lo\0"u8, info.name);
        Assert.Equal((9u, 2u, 3u, 8u), (info.type, info.key_size, info.value_size, info.max_entries));
    }

    [Fact]
    public void Create_PerfEventArrayWithoutSize_HasAnEntryForEveryCpuId()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
        bpf_map_info info = default;

        MapTestKernel.Calls.Bpf.ObjectGetInfo(map.Handle, ref info, "map");

        Assert.Equal((uint)CpuSet.Possible().Highest + 1, info.max_entries);
    }

    [Fact]
    public void Create_RingBufferOfOddSize_IsRoundedToWhatTheKernelTakes()
    {
        using BpfMap map = MapTestKernel.Create(MapType.RingBuffer, 0, 0, 5000);

        Assert.Equal(8192u, map.MaxEntries);
    }

    [Fact]
    public void Create_Constants_AreThereAndCanNoLongerBeWritten()
    {
        MapSpec spec = new(".rodata", ".rodata", MapType.Array)
        {
            KeySize = 4,
            ValueSize = 6,
            MaxEntries = 1,
            Flags = 1 << 7, // BPF_F_RDONLY_PROG
            Contents = new byte[] { 1, 2, 3, 4, 5, 6 },
            IsFrozen = true,
        };

        using BpfMap map = new MapFactory(MapTestKernel.Calls).Create(spec, btf: null);

        byte[] value = new byte[6];
        Assert.True(map.TryLookup(new byte[4], value));
        Assert.Equal([1, 2, 3, 4, 5, 6], value);
        SyscallException error = Assert.Throws<SyscallException>(() => map.Update(new byte[4], value));
        Assert.Equal("EPERM", error.ErrorName);

        // It is frozen already; older kernels look at that before they look at the permission.
        Assert.Contains(Assert.Throws<SyscallException>(map.Freeze).ErrorName, (string[])["EPERM", "EBUSY"]);
    }

    [Fact]
    public void Create_WhatTheKernelRefuses_NamesTheMapAndTheErrno()
    {
        SyscallException error = Assert.Throws<SyscallException>(() => MapTestKernel.Create(MapType.Hash, 4, 8, 0));

        Assert.Equal(("map test", "bpf(BPF_MAP_CREATE)", "EINVAL"), (error.Subject, error.Call, error.ErrorName));
    }
}
