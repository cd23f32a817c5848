using System.Buffers.Binary;
using BpfCore.Buffers;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Maps;

namespace BpfCore.Tests.Buffers;

/// <summary>A perf buffer in a fake kernel, by default on the CPUs 0, 2, 3 and 8.</summary>
internal sealed class PerfBufferBench : IDisposable
{
    public const string SparseCpus = "0,2-3,8";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly string _onlineList;

    public PerfBufferBench(BpfObserver? observer = null)
    {
        _onlineList = Path.Combine(_root.CreateSubdirectory("sys/devices/system/cpu").FullName, "online");
        Map = new MapFactory(new SystemCalls(Kernel, observer), CpuSet.Parse("0-8"))
            .Create(MapBench.Spec(MapType.PerfEventArray, 4, 4, maxEntries: 0), btf: null);
    }

    public FakePerfKernel Kernel { get; } = new();

    public BpfMap Map { get; }

    /// <summary>CPU id to the CPU whose event stands there in the map.</summary>
    public Dictionary<int, int> MapContents => Kernel.Map.Keys.ToDictionary(
        key => BinaryPrimitives.ReadInt32LittleEndian(key),
        key => Kernel.CpuOf(BinaryPrimitives.ReadInt32LittleEndian(Kernel.Map.ValueOf(key))));

    /// <summary>CPUs whose programs send to an event that writes into the ring of another one.</summary>
    public IEnumerable<int> RedirectedCpus =>
        from key in Kernel.Map.Keys
        where Kernel.Redirections.ContainsKey(BinaryPrimitives.ReadInt32LittleEndian(Kernel.Map.ValueOf(key)))
        select BinaryPrimitives.ReadInt32LittleEndian(key);

    public PerfBuffer Open(int pages = 1, int wakeupEvents = 1, string cpus = SparseCpus) =>
        Open(new PerfBufferOptions { PagesPerCpu = pages, WakeupEvents = wakeupEvents }, cpus);

    public PerfBuffer Open(PerfBufferOptions options, string cpus = SparseCpus)
    {
        SetOnline(cpus);
        return PerfBuffer.Open(Map, options, new KernelFiles(_root.FullName), Kernel.Clock);
    }

    /// <summary>What the kernel says from now on.</summary>
    public void SetOnline(string cpus) => File.WriteAllText(_onlineList, cpus + '\n');

    public void Dispose()
    {
        Map.Dispose();
        _root.Delete(recursive: true);
    }
}
