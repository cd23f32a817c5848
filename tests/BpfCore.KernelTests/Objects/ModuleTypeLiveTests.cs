using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>Relocation against the types of modules of the running kernel.</summary>
public sealed class ModuleTypeLiveTests
{
    [Fact]
    public void Run_TypeThatAModuleMayHave_KnowsWhatTheRunningKernelHas()
    {
        LiveKernel.RequireTracing();
        using BpfObject bpf = BpfObject.Load(ObjectFixture.Read("module_types"));

        bpf.Programs["ask"].TestRun(new TestRunOptions { Data = new byte[64] });

        BtfType? type = Find("veth_priv");
        Assert.Equal(type is null ? 0UL : 1, bpf.Variables["exists"].Get<ulong>());
        Assert.Equal(type?.Size ?? 0UL, bpf.Variables["size"].Get<ulong>());
        Assert.Equal(OffsetOf(type, "requested_headroom"), bpf.Variables["offset"].Get<ulong>());
        Assert.Equal(0UL, bpf.Variables["has_other"].Get<ulong>());
    }

    // In the kernel itself where the driver is built in, in a module where one is loaded, else nowhere.
    private static BtfType? Find(string name)
    {
        foreach (BtfFile types in KernelBtf.ModuleNames().Select(KernelBtf.Module).Prepend(KernelBtf.Vmlinux()))
        {
            if (types.TryFind(name, BtfKind.Struct, out BtfType type))
            {
                return type;
            }
        }

        return null;
    }

    private static ulong OffsetOf(BtfType? type, string name)
    {
        foreach (BtfMember member in type is { } found ? found.Members : default)
        {
            if (member.Name == name)
            {
                return member.BitOffset / 8;
            }
        }

        return 0;
    }
}
