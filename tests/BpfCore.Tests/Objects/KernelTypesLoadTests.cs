using System.Runtime.InteropServices;
using BpfCore.Btf;
using BpfCore.Instructions;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Kernel;
using Xunit;

namespace BpfCore.Tests.Objects;

/// <summary>
/// Types that the user gives (libbpf's <c>btf_custom_path</c>) are for CO-RE; whatever goes to the kernel as an id is
/// looked up in the kernel's own.
/// </summary>
public sealed class KernelTypesLoadTests : IDisposable
{
    private const string Vmlinux = "sys/kernel/btf/vmlinux";

    private readonly FakeTree _tree = new();
    private readonly FakeBpfKernel _kernel = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_TypesGiven_RelocatesAgainstThemWhateverTheKernelHas(bool hasKernelTypes)
    {
        if (hasKernelTypes)
        {
            _tree.With(Vmlinux, Fixtures.Read("btf/fields-same.btf"));
        }

        BpfObjectSpec spec = Read("core/fields.bpf.o");
        BtfFile given = Types("btf/fields-moved.btf");

        using BpfObject bpf = Load(spec, given);

        var expected = RelocatedObject.Relocate(Read("core/fields.bpf.o"), given);
        Assert.Equal(
            expected.Programs.Select(program => program.Instructions.ToArray()),
            _kernel.Programs.Select(program => program.Instructions));
    }

    [Fact]
    public void Load_NoTypesAnywhere_SaysWhatCanBeDone()
    {
        BpfRelocationException e = Assert.Throws<BpfRelocationException>(() => Load(Read("core/fields.bpf.o"), null));

        Assert.Contains("or supply its BTF", e.Message, StringComparison.Ordinal);
        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_TypedTracepoint_IsBoundToTheKernelsOwnType()
    {
        _tree.With(Vmlinux, Tracepoint(typesBefore: 5));
        BpfObjectSpec spec = Read("live/events.bpf.o");

        using BpfObject bpf = Load(spec, BtfFile.Read(Tracepoint(typesBefore: 0), "given"));

        Assert.Contains(Sent<bpf_attr_prog_load>(BpfCommand.ProgramLoad), program => program.attach_btf_id == 7);
    }

    [Fact]
    public void Load_TypedTracepointOnAKernelWithoutTypes_NamesWhatTheKernelNeeds()
    {
        NoFilesKernel kernel = new();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Load(kernel, Read("live/events.bpf.o"), BtfFile.Read(Tracepoint(typesBefore: 0), "given")));

        Assert.Contains("CONFIG_DEBUG_INFO_BTF", e.Message, StringComparison.Ordinal);
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_Operations_AreLaidOutAsTheKernelHasThem()
    {
        _tree.With(Vmlinux, Fixtures.Read("btf/obj_struct_ops-kernel.btf"));
        Types("btf/obj_struct_ops-kernel.btf").TryFind(
            "bpf_struct_ops_tcp_congestion_ops", BtfKind.Struct, out BtfType expected);

        using BpfObject bpf = Load(Read("objects/obj-struct_ops.bpf.o"), Types("btf/empty.btf"));

        Assert.Contains(
            Sent<bpf_attr_map_create>(BpfCommand.MapCreate),
            map => map.btf_vmlinux_value_type_id == expected.Id.Value);
    }

    [Fact]
    public void Load_KernelFunctions_AreThoseOfTheKernel()
    {
        _tree.With(Vmlinux, Fixtures.Read("btf/ext-kernel.btf"));
        BtfFile types = Types("btf/ext-kernel.btf");

        using BpfObject bpf = Load(Read("objects/ext-kfuncs.bpf.o"), Types("btf/empty.btf"));

        BpfInstruction[] code = _kernel.Programs.Single(program => program.Name == "iterate").Instructions;
        Assert.Equal(
            ["bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_next", "bpf_iter_num_destroy"],
            code.Where(slot => slot.IsCall && slot.PseudoCall == PseudoCall.KernelFunction)
                .Select(slot => types[new BtfTypeId((uint)slot.Immediate)].Name));
    }

    private static byte[] Tracepoint(int typesBefore)
    {
        BtfBuilder builder = new();
        for (int index = 0; index < typesBefore; index++)
        {
            builder.Pointer(0);
        }

        builder.Typedef("btf_trace_sys_enter", builder.Pointer(0));
        return builder.Build();
    }

    private static BpfObjectSpec Read(string path) => BpfObjectSpec.Read(Fixtures.Read(path), Path.GetFileName(path));

    private static BtfFile Types(string path) => BtfFile.Read(Fixtures.Read(path), path);

    private BpfObject Load(BpfObjectSpec spec, BtfFile? given) => Load(_kernel, spec, given);

    private BpfObject Load(FakeBpfKernel kernel, BpfObjectSpec spec, BtfFile? given)
    {
        SystemCalls calls = new(kernel, observer: null);
        BpfLoadOptions options = new() { KernelTypes = given };
        return new ObjectLoader(spec, options, calls, new KernelBtfCache(_tree.Files, calls)).Load();
    }

    private IEnumerable<T> Sent<T>(BpfCommand command)
        where T : unmanaged
    {
        for (int call = 0; call < _kernel.Commands.Count; call++)
        {
            if (_kernel.Commands[call] == command)
            {
                byte[] attributes = _kernel.Attributes[call];
                Array.Resize(ref attributes, 256);
                yield return MemoryMarshal.Read<T>(attributes);
            }
        }
    }

    private sealed unsafe class NoFilesKernel : FakeBpfKernel
    {
        public override long Open(byte* path, FileAccessMode mode) => -(long)Errno.ENOENT;
    }
}
