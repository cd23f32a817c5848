using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Kernel;
using Xunit;

namespace BpfCore.Tests.Programs;

public sealed class AttachBtfResolverTests : IDisposable
{
    private readonly FakeTree _tree = new();
    private readonly ModuleKernel _kernel = new();

    public AttachBtfResolverTests()
    {
        BtfBuilder vmlinux = new();
        uint prototype = vmlinux.Prototype(0);
        vmlinux.Function("tcp_v4_connect", prototype);
        vmlinux.Typedef("btf_trace_tcp_probe", vmlinux.Pointer(prototype));
        BtfFile kernelTypes = vmlinux.Read();
        BtfBuilder module = new(kernelTypes);
        module.Function("nf_confirm", prototype);
        _tree.With("sys/kernel/btf/vmlinux", vmlinux.Build()).With("sys/kernel/btf/nf_conntrack", module.Build());
    }

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(TracingKind.FunctionEntry, "tcp_v4_connect", 2u)]
    [InlineData(TracingKind.FunctionExit, "tcp_v4_connect", 2u)]
    [InlineData(TracingKind.RawTracepoint, "tcp_probe", 4u)]
    public void Resolve_TypeOfTheKernel_GivesItsId(TracingKind kind, string name, uint id)
    {
        using AttachBtf target = Resolve(new TracingTarget(kind, name));

        Assert.Equal(id, target.TypeId);
        Assert.Null(target.Module);
    }

    [Fact]
    public void Resolve_FunctionOfAModule_OpensTheModulesTypes()
    {
        AttachBtf target = Resolve(new TracingTarget(TracingKind.FunctionEntry, "nf_confirm"));

        Assert.Equal(5u, target.TypeId);
        using (FdLease lease = target.Module!.Lease())
        {
            Assert.Equal("nf_conntrack", _kernel.NameOf(lease.Value));
        }

        target.Dispose();
        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void Resolve_ModuleUnloadedMeanwhile_SaysSo()
    {
        _kernel.Modules.Remove(3);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Resolve(new TracingTarget(TracingKind.FunctionEntry, "nf_confirm")));

        Assert.Equal("BTF of module nf_conntrack", e.Feature);
        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void Resolve_FunctionThatIsATracepointOnly_IsNotFound()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Resolve(new TracingTarget(TracingKind.FunctionEntry, "tcp_probe")));

        Assert.Equal("fentry/tcp_probe", e.Feature);
    }

    [Fact]
    public void Resolve_ProgramThatIsNotBound_AsksNobody()
    {
        using AttachBtf target = Resolve(new RawTracepointTarget("sys_enter"));

        Assert.Equal(0u, target.TypeId);
        Assert.Empty(_kernel.Commands);
    }

    [Theory]
    [InlineData(ProgramType.Tracing)]
    [InlineData(ProgramType.Lsm)]
    [InlineData(ProgramType.Extension)]
    public void Resolve_ProgramWithoutTheTargetThatItNeeds_SaysWhatToSet(ProgramType type)
    {
        SystemCalls calls = new(_kernel, observer: null);
        AttachBtfResolver resolver = new(calls, new KernelBtfCache(_tree.Files, calls));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => resolver.Resolve(new ProgramSpec("p", "fentry", default) { Type = type }));

        Assert.Contains("ProgramSpec.Target", e.Message, StringComparison.Ordinal);
        Assert.Empty(_kernel.Commands);
    }

    private AttachBtf Resolve(AttachTarget target)
    {
        SystemCalls calls = new(_kernel, observer: null);
        AttachBtfResolver resolver = new(calls, new KernelBtfCache(_tree.Files, calls));
        return resolver.Resolve(new ProgramSpec("p", "section", default) { Target = target });
    }
}
