using BpfCore.Kernel;
using BpfCore.KernelTests.Links;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.KernelTests.Programs;

/// <summary>
/// Global functions whose tag alone says that an argument is the context (<c>live/context_arguments.bpf.c</c>): kernels
/// before 6.8 take them because their types are changed, later ones as they are.
/// </summary>
public sealed class ContextArgumentLiveTests
{
    private const string Fallback = "arguments of the type of contexts";

    public ContextArgumentLiveTests() => LiveKernel.RequireTracing();

    [Fact]
    public void Load_TaggedArguments_AreTakenByKernelsOfAllAges()
    {
        FallbackObserver observer = new();

        Run(LinuxSyscallGate.Instance, LiveFeature.Kprobes, observer);

        bool isOlder = KernelFeatures.Current.Lacks(KernelFeature.ContextArgumentTags);
        Assert.Equal(isOlder ? [Fallback] : [], observer.Of("BTF of ").Select(step => step.To).Where(IsFallback));
    }

    // Not for kprobes: kernels that know the tag check the type beside it, and want struct pt_regs there.
    [Fact]
    public void Load_KernelThatSeemsOlder_TakesTheChangedTypesToo()
    {
        FallbackObserver observer = new();

        Run(new OlderGate(), withKprobe: false, observer);

        Assert.Equal([Fallback], observer.Of("BTF of ").Select(step => step.To).Where(IsFallback));
    }

    [Fact]
    public void Probe_Tags_AreSupportedSinceLinux6Point8()
    {
        KernelFeatureState state = KernelFeatures.Current.Probe(KernelFeature.ContextArgumentTags);
        if (KernelFeatures.Current.Probe(ProgramType.Kprobe) == KernelFeatureState.Unsupported)
        {
            Assert.NotEqual(KernelFeatureState.Supported, state);
            return;
        }

        Assert.Equal(
            KernelVersion.Current < new KernelVersion(6, 8, 0)
                ? KernelFeatureState.Unsupported
                : KernelFeatureState.Supported,
            state);
    }

    private static bool IsFallback(string step) => step == Fallback;

    private static void Run(SyscallGate gate, bool withKprobe, FallbackObserver observer)
    {
        BpfObjectSpec spec = LiveObject.ReadFile("context_arguments.bpf.o");
        spec.Programs["probe"].AutoLoad = withKprobe;
        SystemCalls calls = new(gate, observer);
        using BpfObject bpf = new ObjectLoader(
            spec, new BpfLoadOptions { Observer = observer }, calls, KernelBtf.Cache).Load();

        bpf.Programs["raw"].TestRun(new TestRunOptions { Context = new byte[16] });

        Assert.Equal(3UL, bpf.Variables["calls"].Get<ulong>());
    }

    /// <summary>Refuses the program that asks for the tag: the only one of four instructions and two functions.</summary>
    private sealed unsafe class OlderGate : ForwardingGate
    {
        public override long Bpf(BpfCommand command, void* attributes, uint size) =>
            command == BpfCommand.ProgramLoad && IsProbe((bpf_attr_prog_load*)attributes)
                ? -(long)Errno.EINVAL
                : base.Bpf(command, attributes, size);

        private static bool IsProbe(bpf_attr_prog_load* program) =>
            program->insn_cnt == 4 && program->func_info_cnt == 2;
    }
}
