using BpfCore.Btf;
using BpfCore.Instructions;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Kernel;
using BpfCore.Tests.Programs;
using Xunit;

namespace BpfCore.Tests.Objects;

/// <summary>Programs that use what a module of the kernel defines.</summary>
public sealed class ModuleLoadTests : IDisposable
{
    private const string Module = "nf_conntrack";

    private readonly FakeTree _tree = new();
    private readonly ModuleKernel _kernel = new() { DescriptorCount = 1 };

    public ModuleLoadTests()
    {
        BtfBuilder vmlinux = new();
        uint number = vmlinux.Int("int", 4, signed: true);
        uint iterator = vmlinux.Pointer(vmlinux.Struct("bpf_iter_num", 8));
        vmlinux.Function("bpf_iter_num_destroy", vmlinux.Prototype(0, ("it", iterator)));
        uint next = vmlinux.Prototype(vmlinux.Pointer(number), ("it", iterator));
        uint create = vmlinux.Prototype(number, ("it", iterator), ("start", number), ("end", number));
        BtfBuilder module = new(vmlinux.Read());
        module.Function("bpf_iter_num_new", create);
        module.Function("bpf_iter_num_next", next);
        module.Function("bpf_rdonly_cast", module.Prototype(module.Pointer(0), ("o", module.Pointer(0)), ("t", number)));
        _tree.With("sys/kernel/btf/vmlinux", vmlinux.Build()).With($"sys/kernel/btf/{Module}", module.Build());
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Load_CallsOfAModulesFunctions_NameItByItsPlaceAmongTheDescriptors()
    {
        using (BpfObject loaded = Load())
        {
            (BpfInstruction[] code, string[] descriptors) = _kernel.Programs[0];
            Assert.Equal(["", Module], descriptors);
            Assert.Equal(
                [("bpf_iter_num_new", 1), ("bpf_iter_num_next", 1), ("bpf_iter_num_next", 1), ("bpf_iter_num_destroy", 0)],
                code.Where(slot => slot.IsCall && slot.PseudoCall == PseudoCall.KernelFunction)
                    .Select(slot => (NameOf(slot.Immediate), (int)slot.Offset)));
        }

        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_AddressOfAModulesFunction_HasTheModulesDescriptorInTheSecondSlot()
    {
        using BpfObject loaded = Load();

        BpfInstruction[] code = _kernel.Programs[2].Instructions;
        int index = Array.FindIndex(code, slot => slot.IsLoadImmediate64 && slot.PseudoSource == PseudoSource.BtfId);
        Assert.Equal("bpf_rdonly_cast", NameOf(code[index].Immediate));
        Assert.Equal(Module, _kernel.NameOf(code[index + 1].Immediate));
    }

    [Fact]
    public void Load_ModuleUnloadedMeanwhile_LeavesNothingBehind()
    {
        _kernel.Modules.Remove(3);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => Load());

        Assert.Equal($"BTF of module {Module}", e.Feature);
        Assert.Empty(_kernel.OpenDescriptors);
    }

    private BpfObject Load()
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read("objects/ext-kfuncs.bpf.o"), "ext-kfuncs.bpf.o");
        SystemCalls calls = new(_kernel, observer: null);
        return new ObjectLoader(spec, new BpfLoadOptions(), calls, new KernelBtfCache(_tree.Files, calls)).Load();
    }

    private string NameOf(int typeId)
    {
        BtfFile vmlinux = BtfFile.Read(File.ReadAllBytes(_tree.PathTo("sys/kernel/btf/vmlinux")), "vmlinux");
        BtfFile module = BtfFile.Read(File.ReadAllBytes(_tree.PathTo($"sys/kernel/btf/{Module}")), Module, vmlinux);
        return module[new BtfTypeId((uint)typeId)].Name;
    }
}
