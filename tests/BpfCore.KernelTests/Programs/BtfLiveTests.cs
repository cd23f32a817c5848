using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public class BtfLiveTests
{
    private readonly SystemCalls _calls = new(LinuxSyscallGate.Instance, observer: null);

    // Kernels learnt the kinds in the order of the flags: all bits below one are a kernel that existed.
    [Theory]
    [InlineData(BtfFeatures.None)]
    [InlineData(BtfFeatures.Functions)]
    [InlineData(BtfFeatures.DataSections)]
    [InlineData(BtfFeatures.GlobalFunctions)]
    [InlineData(BtfFeatures.Floats)]
    [InlineData(BtfFeatures.DeclarationTags)]
    [InlineData(BtfFeatures.TypeTags)]
    [InlineData(BtfFeatures.Enum64)]
    [InlineData(BtfFeatures.OptionalSections)]
    public void Sanitize_ForAnOlderKernel_GivesTypesThatThisOneTakes(object latest)
    {
        LiveKernel.RequireTracing();
        BtfFeatures newest = (BtfFeatures)latest;
        BtfFeatures known = newest == BtfFeatures.None ? newest : newest | (newest - 1);

        ReadOnlyMemory<byte> types = BtfSanitizer.Sanitize(AllKinds(), known);
        byte[] log = new byte[16384];
        bool loaded = _calls.Bpf.TryBtfLoad(types.Span, log, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();

        Assert.True(loaded, $"{error}: {VerifierLog.Decode(log)}");
    }

    [Fact]
    public void Load_ObjectWithAllKinds_IsTakenByAKernelSince60()
    {
        LiveKernel.RequireTracing();
        if (KernelVersion.Current < new KernelVersion(6, 0, 0))
        {
            Assert.Skip($"the kernel is {KernelVersion.Current}; it knows all kinds since 6.0");
        }

        using BpfObject bpf = BpfObject.Load(LiveObject.ReadFile("types.bpf.o"));

        Assert.Equal(1.5f, bpf.Variables["float_variable"].Get<float>());
        Assert.Equal(0x100000000UL, bpf.Variables["wide_constant"].Get<ulong>());
    }

    [Fact]
    public void Load_TypesOfAnObject_AreTakenAsTheyAre()
    {
        LiveKernel.RequireTracing();
        BtfFile types = LiveObject.Read().Types!;

        using LoadedBtf? btf = new BtfLoader(_calls, new KernelFeatures(_calls)).Load(types, new HashSet<string>());

        Assert.NotNull(btf);
        Assert.True(btf.HasFunctions);
    }

    private static BtfFile AllKinds() => LiveObject.ReadFile("types.bpf.o").Types!;
}
