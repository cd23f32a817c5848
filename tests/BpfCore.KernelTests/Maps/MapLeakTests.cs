using BpfCore.Buffers;
using BpfCore.KernelTests.Leaks;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapLeakTests
{
    [Fact]
    public void Maps_CreatedAndRefusedManyTimes_LeaveNothingOpen()
    {
        MapSpec refused = MapTestKernel.Spec(MapType.Array, 4, 4, 1);
        refused.Flags = uint.MaxValue;
        MapFactory factory = new(MapTestKernel.Calls);
        Assert.Throws<SyscallException>(() => factory.Create(refused, btf: null));
        var held = HeldResources.Take();
        for (int round = 0; round < Rounds.Count; round++)
        {
            Assert.Throws<SyscallException>(() => factory.Create(refused, btf: null));
            factory.Create(MapTestKernel.Spec(MapType.Array, 4, 4, 1), btf: null).Dispose();
        }

        held.AssertNothingNew();
    }

    [Fact]
    public void PerfBuffers_OpenedManyTimes_LeaveNoDescriptorAndNoMapping()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
        PerfBuffer.Open(map).Dispose();
        var held = HeldResources.Take();
        for (int round = 0; round < Rounds.Count; round++)
        {
            PerfBuffer.Open(map, new PerfBufferOptions { PagesPerCpu = 1 }).Dispose();
        }

        held.AssertNothingNew();
    }

    [Fact]
    public void PerfBuffer_Open_MapsARingPerCpu()
    {
        // So that the rounds above could fail.
        using BpfMap map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
        var held = HeldResources.Take();
        using PerfBuffer buffer = PerfBuffer.Open(map);

        Assert.Equal(buffer.Cpus.Count, held.NewMappings().Length);
        Assert.True(held.NewDescriptors().Length >= buffer.Cpus.Count);
    }
}
