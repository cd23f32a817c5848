using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public class BtfLiveTests
{
    private const BtfFeatures KindsOfTheObject =
        BtfFeatures.Floats | BtfFeatures.DeclarationTags | BtfFeatures.TypeTags | BtfFeatures.Enum64;

    private readonly SystemCalls _calls = new(LinuxSyscallGate.Instance, observer: null);

    // Kernels learnt the kinds in the order of the flags: all bits below one are a kernel that existed. What the
    // running one does not know yet, it must refuse: a rewrite that nobody needs would prove nothing.
    [Theory]
    [InlineData(BtfFeatures.None)]
    [InlineData(BtfFeatures.Functions)]
    [InlineData(BtfFeatures.DataSections)]
    [InlineData(BtfFeatures.GlobalFunctions)]
    [InlineData(BtfFeatures.Floats)]
    [InlineData(BtfFeatures.DeclarationTags)]
    [InlineData(BtfFeatures.TypeTags)]
    [InlineData(BtfFeatures.Enum64)]
    public void Sanitize_ForAnotherKernel_GivesTypesThatThisOneTakesUnlessItIsOlder(object latest)
    {
        LiveKernel.RequireTracing();
        BtfFeatures newest = (BtfFeatures)latest;
        BtfFeatures known = newest == BtfFeatures.None ? newest : newest | (newest - 1);
        bool isOlder = (known & ~KernelFeatures.Current.ProbeBtf()) != 0;

        ReadOnlyMemory<byte> types = BtfSanitizer.Sanitize(AllKinds(), known);
        byte[] log = new byte[16384];
        bool loaded = _calls.Bpf.TryBtfLoad(types.Span, log, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();

        Assert.True(loaded != isOlder, $"loaded: {loaded}; {error}: {VerifierLog.Decode(log)}");
    }

    [Fact]
    public void Load_ObjectWithAllKinds_StepsDownExactlyWhereTheKernelLacksOne()
    {
        LiveKernel.RequireTracing();
        bool lacksKinds = (KindsOfTheObject & ~KernelFeatures.Current.ProbeBtf()) != 0;
        FallbackObserver observer = new();

        using BpfObject bpf = BpfObject.Load(
            LiveObject.ReadFile("types.bpf.o"), new BpfLoadOptions { Observer = observer });

        // A second step, to no types at all, would be one too many.
        string[] expected = lacksKinds ? ["its types without what this kernel does not know"] : [];
        Assert.Equal(expected, observer.Of("BTF of ").Select(step => step.To));
        Assert.Equal(1.5f, bpf.Variables["float_variable"].Get<float>());
        Assert.Equal(0x100000000UL, bpf.Variables["wide_constant"].Get<ulong>());
    }

    [Fact]
    public void Load_TypesOfAnObject_AreTakenAsTheyAre()
    {
        LiveKernel.RequireTracing();
        BtfFile types = LiveObject.Read().Types!;

        using LoadedBtf? btf = new BtfLoader(_calls, new KernelFeatures(_calls)).Load(types, new HashSet<string>(), []);

        Assert.NotNull(btf);
        Assert.True(btf.HasFunctions);
    }

    private static BtfFile AllKinds() => LiveObject.ReadFile("types.bpf.o").Types!;
}
