using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Maps;

public sealed class MapViewLiveTests
{
    [Fact]
    public void Queue_GivesTheOldestFirstAndRefusesMoreThanFits()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Queue, 0, 8, 2);
        QueueMap<ulong> queue = new(map);
        Assert.True(queue.TryPush(1) && queue.TryPush(2));

        Assert.False(queue.TryPush(3));
        queue.PushOverOldest(4);
        Assert.True(queue.TryPeek(out ulong next) && next == 2);
        Assert.True(queue.TryPop(out ulong first) && queue.TryPop(out ulong second) && (first, second) == (2, 4));
        Assert.False(queue.TryPop(out _));
        Assert.False(queue.TryPeek(out _));
    }

    [Fact]
    public void Stack_GivesTheNewestFirst()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Stack, 0, 8, 2);
        QueueMap<ulong> stack = new(map);

        Assert.True(stack.TryPush(1) && stack.TryPush(2));
        Assert.True(stack.TryPop(out ulong first) && stack.TryPop(out ulong second) && (first, second) == (2, 1));
    }

    [Fact]
    public void QueueMap_OfAHashMap_SaysWhatItNeeds()
    {
        using BpfMap map = MapTestKernel.Create(MapType.Hash, 4, 4, 1);

        ArgumentException e = Assert.Throws<ArgumentException>(() => new QueueMap<uint>(map));

        Assert.Contains("is of type Hash; a queue map is Queue or Stack", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BloomFilter_MissesNoneOfItsOwnAndFewOthersPass()
    {
        RequireType(MapType.BloomFilter);
        using BpfMap map = MapTestKernel.Create(MapType.BloomFilter, 0, 4, 1000);
        BloomFilterMap<uint> filter = new(map);
        for (uint value = 0; value < 500; value++)
        {
            filter.Add(value);
        }

        Assert.All(Enumerable.Range(0, 500), value => Assert.True(filter.MayContain((uint)value)));
        Assert.InRange(Enumerable.Range(500, 1000).Count(value => filter.MayContain((uint)value)), 0, 300);
    }

    [Fact]
    public void LpmTrie_FindsTheLongestPrefix()
    {
        MapSpec spec = MapTestKernel.Spec(MapType.LpmTrie, 8, 4, 10);
        spec.Flags = 1; // BPF_F_NO_PREALLOC
        using BpfMap map = MapTestKernel.Create(spec);
        BpfMap<Prefix, uint> routes = new(map) { [new(8, "10.0.0.0")] = 8, [new(16, "10.1.0.0")] = 16 };

        Assert.Equal(16u, routes[new(32, "10.1.2.3")]);
        Assert.Equal(8u, routes[new(32, "10.2.2.3")]);
        Assert.False(routes.TryGetValue(new(32, "11.0.0.1"), out _));
        Assert.Equal([8u, 16u], routes.ToArray().Select(static route => route.Value).Order());
    }

    [Theory]
    [InlineData(MapType.ArrayOfMaps)]
    [InlineData(MapType.HashOfMaps)]
    public void MapOfMaps_TakesMapsAndGivesThemBack(MapType type)
    {
        LiveKernel.Require(Capability.SysAdmin);
        using BpfMap inner = MapTestKernel.Create(MapType.Array, 4, 8, 2);
        new BpfMap<uint, ulong>(inner)[1] = 77;
        using BpfMap map = MapTestKernel.CreateMapOfMaps(type, inner);
        MapOfMaps<uint> outer = new(map);
        Assert.False(outer.TryGetId(1, out _));

        outer.Set(1, inner);

        Assert.True(outer.TryGetId(1, out uint id));
        Assert.Equal(inner.GetInfo().Id, id);
        Assert.True(outer.TryOpen(1, out BpfMap? opened));
        using (opened)
        {
            Assert.Equal(77ul, new BpfMap<uint, ulong>(opened)[1]);
        }

        Assert.True(outer.Remove(1));
        Assert.False(outer.TryOpen(1, out _));
        using BpfMap other = MapTestKernel.Create(MapType.Hash, 4, 8, 2);
        Assert.Equal("EINVAL", Assert.Throws<SyscallException>(() => outer.Set(1, other)).ErrorName);
    }

    [Fact]
    public void SocketStorage_HangsAValueOnASocket()
    {
        using BpfObject loaded = Load("of_sockets");
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        CheckStorage(loaded.Maps["of_sockets"], socket.SafeHandle);
    }

    [Fact]
    public void TaskStorage_HangsAValueOnAProcess()
    {
        RequireType(MapType.TaskStorage);
        using BpfObject loaded = Load("of_tasks");
        using SafeHandle task = StorageOwner.OpenTask(Environment.ProcessId);

        CheckStorage(loaded.Maps["of_tasks"], task);
    }

    [Fact]
    public void InodeStorage_HangsAValueOnAFile()
    {
        RequireType(MapType.InodeStorage);
        using BpfObject loaded = Load("of_inodes");
        using SafeHandle file = StorageOwner.OpenFile(Environment.ProcessPath!);
        try
        {
            CheckStorage(loaded.Maps["of_inodes"], file);
        }
        catch (SyscallException e) when (e.ErrorName == "EBADF" && !HasSecurityModule())
        {
            // bpf_fd_inode_storage_update_elem() of kernel/bpf/bpf_inode_storage.c: the module keeps the storage.
            LiveKernel.SkipOrFail("inodes have storage where the bpf security module is active (lsm=...,bpf)");
        }
    }

    [Fact]
    public void CgroupStorage_HangsAValueOnACgroup()
    {
        RequireType(MapType.CgroupStorage);
        using BpfObject loaded = Load("of_cgroups");
        using SafeHandle cgroup = StorageOwner.OpenCgroup(CgroupRoot());

        CheckStorage(loaded.Maps["of_cgroups"], cgroup);
    }

    [Fact]
    public void CgroupArray_TakesADirectoryAndRefusesAFile()
    {
        using BpfMap map = MapTestKernel.Create(MapType.CgroupArray, 4, 4, 1);
        using SafeHandle cgroup = StorageOwner.OpenCgroup(CgroupRoot());
        using SafeHandle file = StorageOwner.OpenFile(Environment.ProcessPath!);

        map.SetHandle(new byte[4], cgroup);

        Assert.True(map.TryDelete(new byte[4]));
        Assert.Throws<SyscallException>(() => map.SetHandle(new byte[4], file));
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(8u)]
    public void SockHash_TakesAConnectedSocket(uint valueSize)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndpoint);
        using BpfMap map = MapTestKernel.Create(MapType.SockHash, 4, valueSize, 4);

        map.SetHandle([1, 0, 0, 0], client.SafeHandle);

        List<uint> keys = [];
        foreach (ReadOnlySpan<byte> key in map.Keys)
        {
            keys.Add(MemoryMarshal.Read<uint>(key));
        }

        Assert.Equal([1u], keys);
        Assert.True(map.TryDelete([1, 0, 0, 0]));
    }

    private static void CheckStorage(BpfMap map, SafeHandle owner)
    {
        LocalStorageMap<ulong> storage = new(map);
        Assert.False(storage.TryGetValue(owner, out _));
        storage.Set(owner, 5_000_000_000);

        Assert.True(storage.TryGetValue(owner, out ulong value));
        Assert.Equal(5_000_000_000ul, value);
        Assert.True(storage.Remove(owner));
        Assert.False(storage.Remove(owner));
    }

    private static bool HasSecurityModule() =>
        File.Exists("/sys/kernel/security/lsm") && File.ReadAllText("/sys/kernel/security/lsm").Split(',').Contains("bpf");

    private static void RequireType(MapType type)
    {
        LiveKernel.RequireTracing();
        if (KernelFeatures.Current.Probe(type) == KernelFeatureState.Unsupported)
        {
            Assert.Skip($"this kernel has no maps of type {type}");
        }
    }

    private static string CgroupRoot()
    {
        List<string> mounted = MountTable.Find(File.ReadAllText("/proc/self/mountinfo"), "cgroup2");
        if (mounted.Count == 0)
        {
            LiveKernel.SkipOrFail("cgroup 2 is not mounted");
        }

        return mounted[0];
    }

    private static BpfObject Load(params string[] wanted)
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec spec = LiveObject.ReadFile("maps.bpf.o");
        foreach (MapSpec map in spec.Maps)
        {
            map.AutoCreate = wanted.Contains(map.Name);
        }

        return BpfObject.Load(spec);
    }

    private readonly record struct Prefix(uint Length, uint Address)
    {
        public Prefix(uint length, string address)
            : this(length, BitConverter.ToUInt32(IPAddress.Parse(address).GetAddressBytes()))
        {
        }
    }
}
