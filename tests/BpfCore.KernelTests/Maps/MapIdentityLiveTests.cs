using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapIdentityLiveTests
{
    public MapIdentityLiveTests() => LiveKernel.Require(Capability.SysAdmin, Capability.Bpf);

    [Fact]
    public void Open_ById_IsTheSameMap()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerCpuHash, 4, 12, 5);

        using BpfMap opened = BpfMap.Open(map.GetInfo().Id);

        Assert.Equal(map.GetInfo(), opened.GetInfo());
        Assert.Equal(
            (map.Type, map.KeySize, map.ValueSize, map.ValueBufferSize, map.MaxEntries, "test"),
            (opened.Type, opened.KeySize, opened.ValueSize, opened.ValueBufferSize, opened.MaxEntries, opened.Name));
    }

    [Fact]
    public void Ids_WithANewMap_ContainIt()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Array, 4, 4, 1);

        Assert.Contains(map.GetInfo().Id, BpfMap.Ids());
    }

    [Fact]
    public void Open_IdThatIsGone_NamesIt()
    {
        BpfMap map = MapTestKernel.Create(MapType.Array, 4, 4, 1);
        uint id = map.GetInfo().Id;
        map.Dispose();
        SyscallException? e = null;
        for (int i = 0; e is null && i < 100; i++) // the kernel frees maps some time after the last descriptor
        {
            e = Record.Exception(() => BpfMap.Open(id).Dispose()) as SyscallException;
            Thread.Sleep(10);
        }

        Assert.Equal(("ENOENT", $"map with id {id}"), (e?.ErrorName, e?.Subject));
    }

    [Fact]
    public void Create_SpecOfOnesOwn_MakesTheMap()
    {
        MapSpec spec = new("mine", MapType.Hash) { KeySize = 4, ValueSize = 4, MaxEntries = 3 };

        using BpfMap map = BpfMap.Create(spec);

        Assert.Equal(("mine", MapType.Hash, 3u), (map.GetInfo().Name, map.Type, map.MaxEntries));
    }
}
