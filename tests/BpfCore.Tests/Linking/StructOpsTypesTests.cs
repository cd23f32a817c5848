using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Tests.Btf;
using Xunit;

namespace BpfCore.Tests.Linking;

/// <summary>Kernels that have other operations than <c>objects/obj-struct_ops.bpf.c</c>, or none.</summary>
public sealed class StructOpsTypesTests
{
    private readonly BpfObjectSpec _object =
        BpfObjectSpec.Read(Fixtures.Read("objects/obj-struct_ops.bpf.o"), "obj-struct_ops.bpf.o");

    private readonly BtfBuilder _kernel = new();

    [Fact]
    public void Resolve_KernelWithoutTypes_SaysWhatItNeeds() =>
        AssertRefused(CoReTargets.None, "the kernel gives no BTF; it needs CONFIG_DEBUG_INFO_BTF");

    [Fact]
    public void Resolve_KernelWithoutTheOperations_NamesTheirValue() => AssertRefused(
        "the kernel has no struct bpf_struct_ops_tcp_congestion_ops, neither itself nor in a loaded module");

    [Fact]
    public void Resolve_ValueWithoutTheOperations_NamesThem()
    {
        _kernel.Struct("bpf_struct_ops_tcp_congestion_ops", 64);

        AssertRefused("the kernel has no struct tcp_congestion_ops");
    }

    [Fact]
    public void Resolve_ValueThatDoesNotHoldTheOperations_NamesBoth()
    {
        _kernel.Struct("tcp_congestion_ops", 8);
        _kernel.Struct("bpf_struct_ops_tcp_congestion_ops", 64);

        AssertRefused("bpf_struct_ops_tcp_congestion_ops without a struct tcp_congestion_ops in it");
    }

    [Fact]
    public void Resolve_FunctionThatIsData_NamesTheMember()
    {
        AddOperations(_kernel.Int("unsigned long", 8));

        AssertRefused("member ssthresh is a Pointer in the object, but a Int in the kernel");
    }

    [Fact]
    public void Resolve_PointerToDataWhereAFunctionIs_NamesTheMember()
    {
        AddOperations(_kernel.Pointer(_kernel.Int("unsigned long", 8)));

        AssertRefused("member ssthresh is no function in the kernel");
    }

    private void AddOperations(uint function)
    {
        uint letter = _kernel.Int("char", 1);
        uint operations = _kernel.Struct(
            "tcp_congestion_ops", 24, ("name", _kernel.Array(letter, letter, 16), 0), ("ssthresh", function, 128));
        _kernel.Struct("bpf_struct_ops_tcp_congestion_ops", 64, ("data", operations, 0));
    }

    private void AssertRefused(string problem) => AssertRefused(new CoReTargets(_kernel.Read()), problem);

    private void AssertRefused(CoReTargets kernel, string problem)
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => new ProgramLinker(_object, kernel, observer: null).StructOps);

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }
}
