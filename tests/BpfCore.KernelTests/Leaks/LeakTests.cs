using BpfCore.Kernel;
using BpfCore.KernelTests.Links;
using BpfCore.Links;
using BpfCore.Objects;
using Xunit;

namespace BpfCore.KernelTests.Leaks;

public class LeakTests
{
    private const int Rounds = 1000;

    [Fact]
    public void LoadAttachDetach_AThousandRounds_LeaveNothingBehind()
    {
        LiveKernel.RequireTracing();
        Tracefs tracefs = TracefsMount.Require();
        Round(); // what the library keeps for the life of the process
        string[] descriptors = ProcessResources.Descriptors();
        string[] mappings = ProcessResources.Mappings();
        string[] events = ProcessResources.TracefsEvents(tracefs);

        for (int i = 0; i < Rounds; i++)
        {
            Round();
        }

        Assert.Equal(descriptors, ProcessResources.Descriptors());
        Assert.Equal(mappings, ProcessResources.Mappings());
        Assert.Equal(events, ProcessResources.TracefsEvents(tracefs));
    }

    [Fact]
    public void Load_RejectedProgram_LeavesNothingBehind()
    {
        LiveKernel.RequireTracing();
        LoadRejected();
        string[] descriptors = ProcessResources.Descriptors();

        for (int i = 0; i < 20; i++)
        {
            LoadRejected();
        }

        Assert.Equal(descriptors, ProcessResources.Descriptors());
    }

    private static void Round()
    {
        using BpfObject bpf = LiveObject.Load();
        UprobeTarget function = LibCFunction.Target("getppid");
        using BpfLink raw = BpfLink.Attach(bpf.Programs["on_raw"]);
        using BpfLink typed = BpfLink.Attach(bpf.Programs["on_typed"]);
        using BpfLink tracepoint = BpfLink.Attach(bpf.LoadProgram("on_tracepoint"));
        using BpfLink pmu = BpfLink.AttachUprobe(bpf.LoadProgram("on_uprobe"), function, KprobeAttachMode.Pmu);
        using BpfLink named = BpfLink.AttachUprobe(bpf.Programs["on_uprobe"], function, KprobeAttachMode.Tracefs);
        LiveObject.Trigger(1);
        Assert.Equal(1UL, bpf.Variables["raw_hits"].Get<ulong>());
        Assert.Equal(2UL, bpf.Variables["uprobe_hits"].Get<ulong>());
    }

    private static void LoadRejected()
    {
        BpfCore.Specs.BpfObjectSpec spec = LiveObject.Read();
        spec.Programs["err_pointer"].AutoLoad = true;
        Assert.Throws<BpfVerifierException>(() => BpfObject.Load(spec));
    }
}
