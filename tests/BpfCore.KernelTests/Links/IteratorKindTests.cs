using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.Links;
using BpfCore.Maps;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>Each kind of iterator shows an object that the test made, or knows.</summary>
public sealed class IteratorKindTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "iterators.bpf.o");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Task_ShowsThisProcess() =>
        Assert.Contains((ulong)Environment.ProcessId, Read("task"));

    [Fact]
    public void TaskFile_OfThisProcess_ShowsAnOpenSocket()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        string name = new FileInfo($"/proc/self/fd/{socket.Handle}").LinkTarget!; // socket:[12345]
        ulong inode = ulong.Parse(name["socket:[".Length..^1], CultureInfo.InvariantCulture);

        Assert.Contains(inode, Read("task_file", OwnProcess()));
    }

    [Fact]
    public void TaskVma_OfThisProcess_ShowsAMapping()
    {
        string first = File.ReadLines("/proc/self/maps").First();
        ulong start = ulong.Parse(first[..first.IndexOf('-')], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        if (Has("task_vma"))
        {
            Assert.Contains(start, Read("task_vma", OwnProcess()));
        }
    }

    [Fact]
    public void BpfMap_ShowsOneOfTheObject() =>
        Assert.Contains(_fixture.Object.Maps["elements"].GetInfo().Id, Read("bpf_map"));

    [Fact]
    public void BpfProg_ShowsItself()
    {
        if (Has("bpf_prog"))
        {
            Assert.Contains(_fixture.Program("bpf_prog").GetInfo().Id, Read("bpf_prog"));
        }
    }

    [Fact]
    public void BpfLink_ShowsItself()
    {
        if (Has("bpf_link"))
        {
            using BpfIterator iterator = (BpfIterator)BpfLink.Attach(_fixture.Program("bpf_link"));
            Assert.Contains(iterator.GetInfo().Id, Read(iterator));
        }
    }

    [Fact]
    public void BpfMapElement_OfAMap_ShowsEachValue()
    {
        BpfMap map = _fixture.Object.Maps["elements"];
        for (ulong i = 1; i <= 3; i++)
        {
            map.Update(BitConverter.GetBytes(i), BitConverter.GetBytes(i * 11));
        }

        ulong[] values = Read(BpfLink.AttachIterator(_fixture.Program("bpf_map_elem"), map));
        Array.Sort(values);
        Assert.Equal([11UL, 22, 33], values);
    }

    [Fact]
    public void SocketStorage_OfAMap_ShowsTheValueOfASocket()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        BpfMap map = _fixture.Object.Maps["storage"];
        map.Update(BitConverter.GetBytes((int)socket.Handle), BitConverter.GetBytes(4711UL));

        Assert.Equal([4711UL], Read(BpfLink.AttachIterator(_fixture.Program("bpf_sk_storage_map"), map)));
    }

    [Fact]
    public void SocketMap_OfAMap_ShowsTheKeyOfASocket()
    {
        if (!Has("sockmap"))
        {
            return;
        }

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        BpfMap map = _fixture.Object.Maps["sockets"];
        map.Update(BitConverter.GetBytes(815UL), BitConverter.GetBytes((ulong)socket.Handle));

        Assert.Equal([815UL], Read(BpfLink.AttachIterator(_fixture.Program("sockmap"), map)));
    }

    [Theory]
    [InlineData("tcp", SocketType.Stream, ProtocolType.Tcp)]
    [InlineData("udp", SocketType.Dgram, ProtocolType.Udp)]
    public void Sockets_OfAProtocol_ShowABoundPort(string kind, SocketType type, ProtocolType protocol)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
        {
            socket.Listen();
        }

        Assert.Contains((ulong)((IPEndPoint)socket.LocalEndPoint!).Port, Read(kind));
    }

    [Fact]
    public void UnixSockets_ShowOneMoreThanBefore()
    {
        if (!Has("unix", "unix_sockets"))
        {
            return;
        }

        PrivateNetwork.Run(() =>
        {
            Assert.Empty(Read("unix_sockets"));
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            Assert.Equal([(ulong)AddressFamily.Unix], Read("unix_sockets"));
        });
    }

    [Fact]
    public void NetlinkSockets_ShowOneOfThisProcess() => PrivateNetwork.Run(() =>
    {
        using NetlinkChannel channel = new(new SystemCalls(LinuxSyscallGate.Instance, observer: null));
        _ = TrafficControl.List(channel, TcHook.Ingress(PrivateNetwork.Loopback), out _); // gives it its port

        Assert.Contains((ulong)Environment.ProcessId, Read("netlink"));
    });

    [Fact]
    public void RoutesOfIPv6_ShowTheLoopback()
    {
        if (Has("ipv6_route"))
        {
            PrivateNetwork.Run(() => Assert.Contains(6UL, Read("ipv6_route")));
        }
    }

    [Fact]
    public void KernelSymbols_ShowAFunctionWhereItIs()
    {
        const string Name = "tcp_v4_connect";
        if (Has("ksym"))
        {
            ulong address = KernelSymbols.Host.Find(new HashSet<string> { Name })[Name];
            Assert.Contains(address, Read("ksym"));
        }
    }

    [Fact]
    public void Cgroups_ByPathOrNumber_ShowThatOne()
    {
        if (!LiveFeature.CgroupIterator)
        {
            LiveFeature.AssertRefused(() => _fixture.Program("cgroup"), "cgroup");
            return;
        }

        using PrivateCgroup cgroup = new();
        Assert.Equal([1UL], Read("cgroup", IteratorTarget.Cgroup(cgroup.Path, CgroupOrder.SelfOnly)));
        Assert.Equal([1UL], Read("cgroup", IteratorTarget.Cgroup(cgroup.Id, CgroupOrder.SelfOnly)));
        Assert.InRange(Read("cgroup", IteratorTarget.Cgroup(cgroup.Id, CgroupOrder.Ancestors)).Length, 2, 100);
    }

    [Fact]
    public void KernelCaches_ShowObjectsOfTheSizeOfASector()
    {
        if (Has("kmem_cache"))
        {
            Assert.Contains(512UL, Read("kmem_cache")); // kmalloc-512
        }
    }

    [Fact]
    public void SharedBuffers_ShowOneOfThisProcess()
    {
        if (!Has("dmabuf"))
        {
            return;
        }

        const int Pages = 7;
        using SharedBuffer? buffer = SharedBuffer.TryCreate(Pages);
        ulong[] sizes = Read("dmabuf");

        Assert.Equal(buffer is not null, sizes.Contains((ulong)(Pages * Environment.SystemPageSize)));
    }

    [Fact]
    public void Task_OfOneThreadOrDescriptor_ShowsNoOther()
    {
        if (!LiveFeature.TaskIteratorTargets)
        {
            IteratorTarget own = IteratorTarget.Process(Environment.ProcessId);
            LiveFeature.AssertRefused(() => Read("task", own), "task");
            return;
        }

        ulong self = (ulong)Environment.ProcessId;
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null);
        Assert.True(calls.Files.TryOpenProcess(Environment.ProcessId, out SafeFdHandle? process, out _));
        using (process)
        {
            ulong[] threads = Read("task", IteratorTarget.Process(process));
            Assert.Contains(self, threads);
            Assert.DoesNotContain(1UL, threads);
            Assert.Equal([self], Read("task", IteratorTarget.Thread(Environment.ProcessId)));
        }
    }

    private static ulong[] Read(BpfIterator iterator)
    {
        using (iterator)
        {
            using Stream run = iterator.Open();
            using MemoryStream all = new();
            run.CopyTo(all);
            return MemoryMarshal.Cast<byte, ulong>(all.ToArray()).ToArray();
        }
    }

    // A kernel without the kind refuses its program by the name of what it lacks.
    private bool Has(string kind, string? program = null)
    {
        if (LiveFeature.HasFunction($"bpf_iter_{kind}"))
        {
            return true;
        }

        LiveFeature.AssertRefused(() => _fixture.Program(program ?? kind), kind);
        return false;
    }

    // Kernels before 6.1 show the tasks of all processes.
    private static IteratorTarget? OwnProcess() =>
        LiveFeature.TaskIteratorTargets ? IteratorTarget.Process(Environment.ProcessId) : null;

    private ulong[] Read(string program, IteratorTarget? target = null) => Read(target is null
        ? (BpfIterator)BpfLink.Attach(_fixture.Program(program))
        : BpfLink.AttachIterator(_fixture.Program(program), target));
}
