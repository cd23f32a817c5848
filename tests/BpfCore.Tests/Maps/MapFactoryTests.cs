using System.Text;
using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Maps;

public sealed class MapFactoryTests
{
    private readonly FakeMapKernel _kernel = new();

    [Fact]
    public void Create_HandsTheSpecToTheKernel()
    {
        MapSpec spec = new("events_of_long_name", ".maps", MapType.LruHash)
        {
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 100,
            Flags = 2,
            Extra = 3,
        };

        using BpfMap map = MapBench.Factory(_kernel).Create(spec, btf: null);

        bpf_attr_map_create call = Assert.Single(_kernel.Created);
        Assert.Equal(
            (9u, 4u, 8u, 100u, 2u, 3ul),
            (call.map_type, call.key_size, call.value_size, call.max_entries, call.map_flags, call.map_extra));
        Assert.Equal("events_of_long_", Encoding.ASCII.GetString(call.map_name)[..15]);
        Assert.Equal(0, call.map_name[15]);
        Assert.Equal(
            ("events_of_long_name", MapType.LruHash, 4, 8, 100u),
            (map.Name, map.Type, map.KeySize, map.ValueSize, map.MaxEntries));
    }

    [Theory]
    [InlineData(MapType.PerfEventArray, 0, 9)] // the highest possible CPU is 8
    [InlineData(MapType.PerfEventArray, 4, 4)]
    [InlineData(MapType.Hash, 0, 0)]
    [InlineData(MapType.Hash, 5, 5)]
    [InlineData(MapType.RingBuffer, 1_000_000, 1 << 20)]
    [InlineData(MapType.RingBuffer, 0, 0)]
    public void Create_MaxEntries_FollowsTheMachineWhereItMust(MapType type, uint stated, uint expected)
    {
        using BpfMap map = MapBench.Create(_kernel, type, maxEntries: stated);

        Assert.Equal(expected, _kernel.Created[0].max_entries);
        Assert.Equal(expected, map.MaxEntries);
    }

    [Fact]
    public void Create_RingBufferBelowAPage_TakesOnePage()
    {
        using BpfMap map = MapBench.Create(_kernel, MapType.RingBuffer, maxEntries: 1);

        Assert.Equal((uint)Environment.SystemPageSize, map.MaxEntries);
    }

    [Fact]
    public void Create_WithBtf_NamesTheTypesOfKeyAndValue()
    {
        using SafeFdHandle btf = new(_kernel, 4321);

        using BpfMap map = MapBench.Factory(_kernel).Create(TypedSpec(MapType.Hash), btf);

        bpf_attr_map_create call = Assert.Single(_kernel.Created);
        Assert.Equal((4321u, 11u, 12u), (call.btf_fd, call.btf_key_type_id, call.btf_value_type_id));
    }

    [Theory]
    [InlineData(MapType.PerfEventArray)]
    [InlineData(MapType.StackTrace)]
    [InlineData(MapType.Queue)]
    public void Create_TypeThatTakesNoBtf_IsNotGivenAny(MapType type)
    {
        using SafeFdHandle btf = new(_kernel, 4321);

        using BpfMap map = MapBench.Factory(_kernel).Create(TypedSpec(type), btf);

        bpf_attr_map_create call = Assert.Single(_kernel.Created);
        Assert.Equal((0u, 0u, 0u), (call.btf_fd, call.btf_key_type_id, call.btf_value_type_id));
    }

    [Fact]
    public void Create_KernelRefusesBtf_IsRepeatedWithoutAndSaysWhy()
    {
        StepCollector observer = new();
        using SafeFdHandle btf = new(_kernel, 4321);
        _kernel.Answer(BpfCommand.MapCreate, -(long)Errno.EINVAL);

        using BpfMap map = MapBench.Factory(_kernel, observer).Create(TypedSpec(MapType.Hash), btf);

        Assert.Equal([4321u, 0u], _kernel.Created.Select(call => call.btf_fd));
        FallbackTaken step = Assert.Single(observer.Fallbacks);
        Assert.Equal(("map start", "EINVAL"), (step.Subject, step.Reason));
        Assert.Equal("Hash", Assert.Single(observer.Maps).Type);
    }

    [Fact]
    public void Create_KernelRefuses_NamesMapAndLeavesNothingOpen()
    {
        _kernel.Answer(BpfCommand.MapCreate, -(long)Errno.EINVAL);

        SyscallException error = Assert.Throws<SyscallException>(() => MapBench.Create(_kernel));

        Assert.Equal(("map start", "bpf(BPF_MAP_CREATE)", "EINVAL"), (error.Subject, error.Call, error.ErrorName));
        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void Create_PermissionDenied_TriesAgainWithRaisedMemoryLock()
    {
        MemoryLockKernel kernel = new();
        kernel.Answer(BpfCommand.MapCreate, -(long)Errno.EPERM);
        kernel.Answer(BpfCommand.ProgramLoad, -(long)Errno.EINVAL); // the probe for accounting by memory cgroups

        using BpfMap map = MapBench.Create(kernel);

        Assert.Equal(1, kernel.Raised);
        Assert.Equal(2, kernel.Created.Count(call => call.key_size == 4 && call.value_size == 8));
    }

    [Fact]
    public void Create_DataSection_IsFilledThenFrozen()
    {
        MapSpec spec = Constants([1, 2, 3, 4, 5, 6]);

        using BpfMap map = MapBench.Factory(_kernel).Create(spec, btf: null);

        Assert.Equal([BpfCommand.MapCreate, BpfCommand.MapUpdate, BpfCommand.MapFreeze], _kernel.Commands);
        Assert.Equal([1, 2, 3, 4, 5, 6], _kernel.Map.ValueOf([0, 0, 0, 0]));
        Assert.True(_kernel.Map.IsFrozen);
    }

    [Theory]
    [InlineData(nameof(BpfCommand.MapUpdate))]
    [InlineData(nameof(BpfCommand.MapFreeze))]
    public void Create_DataSectionCannotBeFilledOrFrozen_LeavesNothingOpen(string step)
    {
        _kernel.Answer(Enum.Parse<BpfCommand>(step), -(long)Errno.ENOMEM);

        Assert.Throws<SyscallException>(() => MapBench.Factory(_kernel).Create(Constants([1, 2]), btf: null));

        Assert.Empty(_kernel.OpenDescriptors);
    }

    private static MapSpec Constants(byte[] contents) => new(".rodata", ".rodata", MapType.Array)
    {
        KeySize = 4,
        ValueSize = (uint)contents.Length,
        MaxEntries = 1,
        Contents = contents,
        IsFrozen = true,
    };

    private static MapSpec TypedSpec(MapType type) => new("start", ".maps", type)
    {
        KeySize = 4,
        ValueSize = 8,
        MaxEntries = 1,
        KeyTypeId = new BtfTypeId(11),
        ValueTypeId = new BtfTypeId(12),
    };

    private sealed class StepCollector : BpfObserver
    {
        public List<FallbackTaken> Fallbacks { get; } = [];

        public List<MapCreated> Maps { get; } = [];

        public override void OnFallback(in FallbackTaken step) => Fallbacks.Add(step);

        public override void OnMapCreated(in MapCreated step) => Maps.Add(step);
    }

    private sealed unsafe class MemoryLockKernel : FakeMapKernel
    {
        public int Raised { get; private set; }

        public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit)
        {
            Raised += newLimit is null ? 0 : 1;
            return 0;
        }
    }
}
