using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public class BtfLiveTests
{
    private static readonly KernelFeature[] s_kinds =
    [
        KernelFeature.BtfFunctions, KernelFeature.BtfGlobalFunctions, KernelFeature.BtfDataSections,
        KernelFeature.BtfFloat, KernelFeature.BtfDeclarationTags, KernelFeature.BtfTypeTags, KernelFeature.BtfEnum64,
    ];

    private readonly SystemCalls _calls = new(LinuxSyscallGate.Instance, observer: null);

    public static TheoryData<KernelFeature> Kinds() => [.. s_kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sanitize_WithoutOneKind_GivesTypesTheKernelTakes(KernelFeature lacking)
    {
        AssertLoads(BtfSanitizer.Sanitize(ObjectTypes(), new HashSet<KernelFeature> { lacking }));
    }

    [Fact]
    public void Sanitize_WithoutAllKinds_GivesTypesTheKernelTakes()
    {
        AssertLoads(BtfSanitizer.Sanitize(ObjectTypes(), s_kinds.ToHashSet()));
    }

    [Fact]
    public void Load_TypesOfAnObject_AreTakenAsTheyAre()
    {
        LiveKernel.RequireTracing();
        using LoadedBtf? btf = new BtfLoader(_calls, new KernelFeatures(_calls)).Load(ObjectTypes());

        Assert.NotNull(btf);
        Assert.True(btf.HasFunctions);
    }

    private static BtfFile ObjectTypes() => LiveObject.Read().Types!;

    private void AssertLoads(byte[] types)
    {
        LiveKernel.RequireTracing();
        byte[] log = new byte[16384];
        bool loaded = _calls.Bpf.TryBtfLoad(types, log, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();

        Assert.True(loaded, $"{error}: {VerifierLog.Decode(log)}");
    }
}
