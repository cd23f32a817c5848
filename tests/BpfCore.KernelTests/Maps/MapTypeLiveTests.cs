using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

/// <summary>Every type of map: made and used here, or refused by a kernel that a probe says has none.</summary>
public sealed class MapTypeLiveTests
{
    private const uint NoPreallocation = 1; // BPF_F_NO_PREALLOC
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE

    // Made only with types or an inner map: MapViewLiveTests uses them, and the tests of objects.
    private static readonly MapType[] s_withTypes =
    [
        MapType.SkStorage, MapType.InodeStorage, MapType.TaskStorage, MapType.CgroupStorage, MapType.StructOps,
        MapType.ArrayOfMaps, MapType.HashOfMaps,
    ];

    public static TheoryData<MapType> All() =>
        [.. Enum.GetValues<MapType>().Except([MapType.Unspecified]).Except(s_withTypes)];

    public static TheoryData<MapType> WithTypes() => [.. s_withTypes];

    [Theory]
    [MemberData(nameof(All))]
    public void Create_EveryType_WorksOrTheProbeSaysThatThereIsNone(MapType type)
    {
        LiveKernel.RequireTracing();
        KernelFeatureState state = KernelFeatures.Current.Probe(type);
        Assert.NotEqual(KernelFeatureState.Unknown, state);
        if (state == KernelFeatureState.Unsupported)
        {
            Assert.Throws<SyscallException>(() => MapTestKernel.Create(Smallest(type)));
            return;
        }

        using BpfMap map = MapTestKernel.Create(Smallest(type));
        Assert.Equal(type, map.GetInfo().Type);
        Use(map);
    }

    [Theory]
    [MemberData(nameof(WithTypes))]
    public void Probe_TypesThatNeedTypes_IsConclusive(MapType type)
    {
        LiveKernel.RequireTracing();

        Assert.NotEqual(KernelFeatureState.Unknown, KernelFeatures.Current.Probe(type));
    }

    private static MapSpec Smallest(MapType type)
    {
        (uint Key, uint Value, uint Entries, uint Flags) sizes = type switch
        {
            MapType.StackTrace => (4, 8, 4, 0),
            MapType.LpmTrie => (8, 8, 4, NoPreallocation),
            MapType.CgroupStorageDeprecated or MapType.PerCpuCgroupStorageDeprecated => (16, 8, 0, 0),
            MapType.Queue or MapType.Stack or MapType.BloomFilter => (0, 8, 4, 0),
            MapType.RingBuffer or MapType.UserRingBuffer => (0, 0, 4096, 0),
            MapType.Arena => (0, 0, 1, MemoryMappable),
            MapType.Hash or MapType.LruHash or MapType.Array => (4, 8, 4, 0),
            MapType.PerCpuHash or MapType.LruPerCpuHash or MapType.PerCpuArray => (4, 8, 4, 0),
            MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray => (4, 8, 4, 0), // 8 to read cookies
            _ => (4, 4, 4, 0),
        };
        MapSpec spec = MapTestKernel.Spec(type, sizes.Key, sizes.Value, sizes.Entries);
        spec.Flags = sizes.Flags;
        return spec;
    }

    // What can be done to each type without anything attached.
    private static void Use(BpfMap map)
    {
        switch (map.Type)
        {
            case MapType.Hash or MapType.LruHash or MapType.Array or MapType.LpmTrie:
            case MapType.PerCpuHash or MapType.LruPerCpuHash or MapType.PerCpuArray:
                WriteAndRead(map, new byte[map.KeySize]);
                break;
            case MapType.Queue or MapType.Stack or MapType.BloomFilter:
                WriteAndRead(map, []);
                break;
            case MapType.CpuMap:
                map.Update(new byte[4], [16, 0, 0, 0]); // CPU 0, a queue of 16 packets
                Assert.True(map.TryLookup(new byte[4], new byte[4]));
                break;
            case MapType.DevMap or MapType.DevMapHash:
                map.Update(new byte[4], [1, 0, 0, 0]); // lo
                byte[] device = new byte[4];
                Assert.True(map.TryLookup(new byte[4], device));
                Assert.Equal([1, 0, 0, 0], device);
                break;
            case MapType.RingBuffer or MapType.UserRingBuffer or MapType.Arena:
                Assert.Throws<SyscallException>(() => map.Update(new byte[map.KeySize], new byte[map.ValueSize]));
                break;
            default:
                Assert.False(IsThere(map));
                break;
        }
    }

    private static void WriteAndRead(BpfMap map, byte[] key)
    {
        byte[] written = new byte[map.ValueBufferSize];
        written.AsSpan().Fill(0x5a);
        map.Update(key, written);
        byte[] read = [.. written];

        Assert.True(map.TryLookup(key, read));
        Assert.Equal(written, read);
    }

    // Maps of sockets, programs, perf events and stacks are empty; some say so with an error of their own.
    private static bool IsThere(BpfMap map)
    {
        try
        {
            return map.TryLookup(new byte[map.KeySize], new byte[map.ValueBufferSize]);
        }
        catch (SyscallException e)
        {
            Assert.Contains(e.ErrorName, (string[])["ENOTSUPP", "EOPNOTSUPP", "EINVAL"]);
            return false;
        }
    }
}
