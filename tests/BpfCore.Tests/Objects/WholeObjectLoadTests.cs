using System.Runtime.InteropServices;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Kernel;
using Xunit;

namespace BpfCore.Tests.Objects;

/// <summary>The order in which maps in maps, program arrays and operations are made, and what a failure leaves.</summary>
public sealed class WholeObjectLoadTests : IDisposable
{
    private const string KernelTypesFile = "btf/obj_struct_ops-kernel.btf";

    private readonly FakeTree _tree = new FakeTree().With("sys/kernel/btf/vmlinux", Fixtures.Read(KernelTypesFile));

    public static TheoryData<string> Objects => ["map_in_map", "tail_calls", "struct_ops", "data_sections"];

    public void Dispose() => _tree.Dispose();

    [Theory]
    [MemberData(nameof(Objects))]
    public void Load_AnyCallRefused_LeavesNothingOpen(string name)
    {
        FakeBpfKernel healthy = new();
        Load(healthy, name).Dispose();
        Assert.Empty(healthy.OpenDescriptors);

        for (int call = 0; call < healthy.Commands.Count; call++)
        {
            FakeBpfKernel kernel = new() { FailingCall = call };
            Exception? refusal = Record.Exception(() => Load(kernel, name).Dispose());

            // Types may be refused, but operations need them.
            Assert.True(refusal is null or SyscallException or KernelFeatureException, $"call {call}: {refusal}");
            Assert.Empty(kernel.OpenDescriptors);
        }
    }

    [Fact]
    public void Load_MapsInMaps_AreShownATemplateThatIsClosedAfterwards()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = Load(kernel, "map_in_map");

        List<bpf_attr_map_create> created = [.. Sent<bpf_attr_map_create>(kernel, BpfCommand.MapCreate)];
        int outer = created.FindIndex(map => map.map_type == (uint)MapType.HashOfMaps);
        Assert.Equal((uint)MapType.Array, created[outer - 1].map_type);
        Assert.NotEqual(0u, created[outer].inner_map_fd);
        Assert.DoesNotContain((int)created[outer].inner_map_fd, kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_TemplateOfPerfEventArrays_HasRoomForEachCpu()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = Load(kernel, "map_in_map");

        Assert.Contains(
            Sent<bpf_attr_map_create>(kernel, BpfCommand.MapCreate),
            map => map.map_type == (uint)MapType.PerfEventArray && map.max_entries == (uint)CpuSet.Possible().Highest + 1);
    }

    [Fact]
    public void Load_ProgramArray_IsFilledAfterItsPrograms()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = Load(kernel, "tail_calls");

        int lastProgram = kernel.Commands.LastIndexOf(BpfCommand.ProgramLoad);
        Assert.Equal(3, kernel.Commands.Skip(lastProgram).Count(command => command == BpfCommand.MapUpdate));
    }

    [Fact]
    public void Load_NumaNode_ReachesTheKernel()
    {
        FakeBpfKernel kernel = new();
        BpfObjectSpec spec = Read("map_options");
        spec.Maps["far_arena"].AutoCreate = false;
        spec.Maps["obj_fixture_pinned"].Pinning = 0; // no file system for pins in a kernel made up
        spec.Maps["on_node"].NumaNode = 3;

        using BpfObject bpf = Load(kernel, spec);

        Assert.Contains(Sent<bpf_attr_map_create>(kernel, BpfCommand.MapCreate), map => map.numa_node == 3);
        Assert.Contains(Sent<bpf_attr_map_create>(kernel, BpfCommand.MapCreate), map => map.map_extra == 3);
    }

    [Fact]
    public void Load_Operations_AreOfTheKernelsTypeAndSize()
    {
        FakeBpfKernel kernel = new();
        BtfFile types = KernelTypes();
        Assert.True(types.TryFind("bpf_struct_ops_tcp_congestion_ops", BtfKind.Struct, out BtfType value));
        Assert.True(types.TryFind("tcp_congestion_ops", BtfKind.Struct, out BtfType operations));

        using BpfObject bpf = Load(kernel, "struct_ops");

        bpf_attr_map_create map = Sent<bpf_attr_map_create>(kernel, BpfCommand.MapCreate)
            .Last(map => map.map_type == (uint)MapType.StructOps);
        Assert.Equal((value.Id.Value, value.Size), (map.btf_vmlinux_value_type_id, map.value_size));
        Assert.NotEqual(0u, map.btf_fd);
        Assert.Equal(0u, map.btf_value_type_id);
        Assert.All(
            Sent<bpf_attr_prog_load>(kernel, BpfCommand.ProgramLoad),
            program => Assert.Equal(operations.Id.Value, program.attach_btf_id));
    }

    private static BpfObjectSpec Read(string name) =>
        BpfObjectSpec.Read(Fixtures.Read($"objects/obj-{name}.bpf.o"), $"obj-{name}.bpf.o");

    private static BtfFile KernelTypes() =>
        BtfFile.Read(Fixtures.Read(KernelTypesFile), KernelTypesFile);

    private static IEnumerable<T> Sent<T>(FakeBpfKernel kernel, BpfCommand command)
        where T : unmanaged
    {
        for (int call = 0; call < kernel.Commands.Count; call++)
        {
            if (kernel.Commands[call] == command)
            {
                byte[] attributes = kernel.Attributes[call];
                Array.Resize(ref attributes, 256);
                yield return MemoryMarshal.Read<T>(attributes);
            }
        }
    }

    private BpfObject Load(FakeBpfKernel kernel, string name) => Load(kernel, Read(name));

    private BpfObject Load(FakeBpfKernel kernel, BpfObjectSpec spec)
    {
        SystemCalls calls = new(kernel, observer: null);
        return new ObjectLoader(spec, new BpfLoadOptions(), calls, new KernelBtfCache(_tree.Files, calls)).Load();
    }
}
