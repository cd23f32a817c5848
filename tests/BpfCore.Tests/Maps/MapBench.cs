using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Tests.Maps;

/// <summary>Makes maps in a fake kernel.</summary>
internal static class MapBench
{
    public static CpuSet PossibleCpus { get; } = CpuSet.Parse("0-1,8"); // FakeMapKernel.PossibleCpus of them

    public static MapSpec Spec(MapType type, uint keySize, uint valueSize, uint maxEntries) =>
        new("start", ".maps", type) { KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries };

    public static BpfMap Create(
        FakeMapKernel kernel,
        MapType type = MapType.Hash,
        uint keySize = 4,
        uint valueSize = 8,
        uint maxEntries = 16) =>
        Factory(kernel).Create(Spec(type, keySize, valueSize, maxEntries), btf: null);

    public static MapFactory Factory(SyscallGate kernel, BpfObserver? observer = null) =>
        new(new SystemCalls(kernel, observer), PossibleCpus);
}
