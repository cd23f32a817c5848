using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Maps;

/// <summary>The running kernel, for tests that create maps in it.</summary>
internal static class MapTestKernel
{
    /// <summary>Calls to the running kernel. Skips the test, outside CI, when the process lacks capabilities.</summary>
    public static SystemCalls Calls
    {
        get
        {
            bool isCI = Environment.GetEnvironmentVariable("CI") is not null;
            IReadOnlyList<Capability> missing = CapabilitySet.Effective().Missing(Capability.Bpf, Capability.PerfMon);
            string names = string.Join(", ", missing.Select(capability => capability.KernelName()));
            Assert.SkipWhen(missing.Count > 0 && !isCI, $"this process lacks {names}");
            return new SystemCalls(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);
        }
    }

    public static BpfMap Create(MapType type, uint keySize, uint valueSize, uint maxEntries) =>
        Create(Spec(type, keySize, valueSize, maxEntries));

    public static BpfMap Create(MapSpec spec) => new MapFactory(Calls).Create(spec, btf: null);

    public static BpfMap CreateMapOfMaps(MapType type, BpfMap inner)
    {
        SystemCalls calls = Calls;
        MapCreateRequest request = new()
        {
            Name = "outer",
            Type = (uint)type,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 4,
            InnerMap = inner.Handle,
        };
        Assert.True(calls.Bpf.TryMapCreate(request, out SafeFdHandle? handle, out Errno error), error.Symbol());
        return new BpfMap(calls, handle, new MapShape("outer", type, 4, 4, 4));
    }

    public static MapSpec Spec(MapType type, uint keySize, uint valueSize, uint maxEntries) =>
        new("test", ".maps", type) { KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries };
}
