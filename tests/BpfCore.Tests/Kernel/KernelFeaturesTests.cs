using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Tests.Syscalls;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class KernelFeaturesTests
{
    private readonly FakeGate _kernel = new();
    private readonly KernelFeatures _features;

    public KernelFeaturesTests()
    {
        _features = new KernelFeatures(new SystemCalls(_kernel, observer: null));
    }

    [Fact]
    public void Probe_KernelRejectsTheKind_IsUnsupportedAndAskedOnce()
    {
        _kernel.Answer(BpfCommand.BtfLoad, -(long)Errno.EINVAL);

        Assert.Equal(KernelFeatureState.Unsupported, _features.Probe(KernelFeature.BtfEnum64));
        Assert.Equal(KernelFeatureState.Unsupported, _features.Probe(KernelFeature.BtfEnum64));
        Assert.Single(_kernel.Commands);
    }

    [Fact]
    public void Probe_NotPermitted_IsUnknownAndAskedAgain()
    {
        _kernel.Answer(BpfCommand.ProgramLoad, -(long)Errno.EPERM);

        Assert.Equal(KernelFeatureState.Unknown, _features.Probe(KernelFeature.ProbeReadKernel));
        Assert.Equal(KernelFeatureState.Supported, _features.Probe(KernelFeature.ProbeReadKernel));
    }

    [Fact]
    public void Probe_EveryFeature_ClosesWhatItOpened()
    {
        foreach (KernelFeature feature in Enum.GetValues<KernelFeature>())
        {
            if (feature is KernelFeature.Links or KernelFeature.PerfEventLinks)
            {
                _kernel.Answer(BpfCommand.LinkCreate, -(long)Errno.EBADF); // known, and no target was given
            }

            Assert.Equal((feature, KernelFeatureState.Supported), (feature, _features.Probe(feature)));
        }

        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Theory]
    [InlineData(KernelFeature.BtfFunctions, BtfKind.Function)]
    [InlineData(KernelFeature.BtfDataSections, BtfKind.DataSection)]
    [InlineData(KernelFeature.BtfFloat, BtfKind.Float)]
    [InlineData(KernelFeature.BtfDeclarationTags, BtfKind.DeclarationTag)]
    [InlineData(KernelFeature.BtfTypeTags, BtfKind.TypeTag)]
    [InlineData(KernelFeature.BtfEnum64, BtfKind.Enum64)]
    public void For_FeatureOfBtf_HoldsTheKind(KernelFeature feature, BtfKind kind)
    {
        BtfFile sample = BtfFile.Read(BtfSample.For(feature), "sample");

        Assert.Equal(kind, sample[new BtfTypeId((uint)sample.TypeCount - 1)].Kind);
    }
}
