using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public class BtfLiveTests
{
    private readonly SystemCalls _calls = new(LinuxSyscallGate.Instance, observer: null);

    public static TheoryData<int> Kinds() => [.. Enumerable.Range(0, 8).Select(static bit => 1 << bit)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sanitize_WithoutOneFeature_GivesTypesTheKernelTakes(int lacking)
    {
        AssertLoads(BtfSanitizer.Sanitize(ObjectTypes(), BtfFeatures.All & ~(BtfFeatures)lacking));
    }

    [Fact]
    public void Sanitize_WithoutAllFeatures_GivesTypesTheKernelTakes()
    {
        AssertLoads(BtfSanitizer.Sanitize(ObjectTypes(), BtfFeatures.None));
    }

    [Fact]
    public void Load_TypesOfAnObject_AreTakenAsTheyAre()
    {
        LiveKernel.RequireTracing();
        using LoadedBtf? btf = new BtfLoader(_calls, new KernelFeatures(_calls)).Load(ObjectTypes(), new HashSet<string>());

        Assert.NotNull(btf);
        Assert.True(btf.HasFunctions);
    }

    private static BtfFile ObjectTypes() => LiveObject.Read().Types!;

    private void AssertLoads(ReadOnlyMemory<byte> types)
    {
        LiveKernel.RequireTracing();
        byte[] log = new byte[16384];
        bool loaded = _calls.Bpf.TryBtfLoad(types.Span, log, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();

        Assert.True(loaded, $"{error}: {VerifierLog.Decode(log)}");
    }
}
