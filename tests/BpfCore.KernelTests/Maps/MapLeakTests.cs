using BpfCore.Buffers;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

/// <summary>Counts what the process holds, so nothing else may run meanwhile.</summary>
[Collection(nameof(MapLeakTests))]
[CollectionDefinition(nameof(MapLeakTests), DisableParallelization = true)]
public sealed class MapLeakTests
{
    private const int Rounds = 1000;

    [Fact]
    public void Maps_CreatedAndRefusedManyTimes_LeaveNothingOpen()
    {
        MapSpec refused = MapTestKernel.Spec(MapType.Array, 4, 4, 1);
        refused.Flags = uint.MaxValue;
        MapFactory factory = new(MapTestKernel.Calls);
        Assert.Throws<SyscallException>(() => factory.Create(refused, btf: null));
        int descriptors = MapTestKernel.CountDescriptors();
        for (int round = 0; round < Rounds; round++)
        {
            Assert.Throws<SyscallException>(() => factory.Create(refused, btf: null));
            factory.Create(MapTestKernel.Spec(MapType.Array, 4, 4, 1), btf: null).Dispose();
        }

        Assert.Equal(descriptors, MapTestKernel.CountDescriptors());
    }

    [Fact]
    public void PerfBuffers_OpenedManyTimes_LeaveNoDescriptorAndNoMapping()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
        PerfBuffer.Open(map).Dispose();
        int descriptors = MapTestKernel.CountDescriptors();
        for (int round = 0; round < Rounds; round++)
        {
            PerfBuffer.Open(map, new PerfBufferOptions { PagesPerCpu = 1 }).Dispose();
        }

        Assert.Equal(descriptors, MapTestKernel.CountDescriptors());
        Assert.Equal(0, MapTestKernel.CountRings());
    }

    [Fact]
    public void PerfBuffer_Open_MapsARingPerCpu()
    {
        using BpfMap map = MapTestKernel.Create(MapType.PerfEventArray, 4, 4, 0);
        using PerfBuffer buffer = PerfBuffer.Open(map);

        Assert.Equal(buffer.Cpus.Count, MapTestKernel.CountRings()); // so the count above can fail
    }
}
