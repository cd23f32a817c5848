using BpfCore.Kernel;
using BpfCore.KernelTests.Links;
using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Leaks;

public class LeakTests
{
    // Closing a perf event waits 100 ms for the kernel's read-copy-update, under one lock for all of them: every round
    // makes and removes an event of tracefs, but only some attach to events as well.
    private const int RoundsPerEventRound = 10;

    private readonly Tracefs _tracefs = TracefsMount.Require();
    private readonly UprobeTarget _function = LibCFunction.Target("getppid");

    [Fact]
    public void LoadAttachDetach_ManyRounds_LeaveNothingBehind()
    {
        LiveKernel.RequireTracing();
        RunRound(withEvents: true); // what runtime and library keep for the life of the process
        var held = HeldResources.Take();

        for (int i = 0; i < Rounds.Count; i++)
        {
            RunRound(withEvents: i % RoundsPerEventRound == 0);
        }

        held.AssertNothingNew();
        Assert.Empty(OwnTracefsEvents.List(_tracefs));
    }

    [Fact]
    public void Resources_WhileAttached_AreCounted()
    {
        // The many rounds would pass as well if nothing were counted.
        LiveKernel.RequireTracing();
        _ = KernelBtf.Vmlinux();
        var held = HeldResources.Take();
        using BpfObject bpf = LiveObject.Load();
        using BpfLink link = BpfLink.AttachUprobe(bpf.LoadProgram("on_uprobe"), _function, KprobeAttachMode.Tracefs);
        _ = bpf.Variables["raw_hits"].Get<ulong>();

        Assert.True(held.NewDescriptors().Length >= 10);
        Assert.Single(held.NewMappings());
        Assert.Single(OwnTracefsEvents.List(_tracefs));
    }

    [Fact]
    public void Load_RejectedProgram_LeavesNothingBehind()
    {
        LiveKernel.RequireTracing();
        LoadRejected();
        var held = HeldResources.Take();

        for (int i = 0; i < 20; i++)
        {
            LoadRejected();
        }

        held.AssertNothingNew();
    }

    private static void LoadRejected()
    {
        BpfObjectSpec spec = LiveObject.Read();
        spec.Programs["err_pointer"].AutoLoad = true;
        Assert.Throws<BpfVerifierException>(() => BpfObject.Load(spec));
    }

    private void RunRound(bool withEvents)
    {
        using BpfObject bpf = LiveObject.Load();
        using BpfLink raw = BpfLink.Attach(bpf.Programs["on_raw"]);
        using BpfLink typed = BpfLink.Attach(bpf.Programs["on_typed"]);
        if (withEvents)
        {
            AttachToEvents(bpf);
        }
        else
        {
            MakeEvent();
            LiveObject.Trigger(1);
        }

        Assert.Equal(1UL, bpf.Variables["raw_hits"].Get<ulong>());
        Assert.Equal(1UL, bpf.Variables["typed_hits"].Get<ulong>());
    }

    private void AttachToEvents(BpfObject bpf)
    {
        using BpfLink tracepoint = BpfLink.Attach(bpf.LoadProgram("on_tracepoint"));
        using BpfLink pmu = BpfLink.AttachUprobe(bpf.LoadProgram("on_uprobe"), _function, KprobeAttachMode.Pmu);
        using BpfLink named = BpfLink.AttachUprobe(bpf.Programs["on_uprobe"], _function, KprobeAttachMode.Tracefs);
        LiveObject.Trigger(1);
        Assert.Equal(1UL, bpf.Variables["tracepoint_hits"].Get<ulong>());
        Assert.Equal(2UL, bpf.Variables["uprobe_hits"].Get<ulong>());
    }

    private void MakeEvent()
    {
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null);
        TracefsEvents events = new(calls, KernelFiles.Host, _tracefs, TracefsEventKind.Uprobe);
        TracefsProbe probe = new($"{_function.Path}:0x{_function.FileOffset:x}", "round", IsReturn: false);
        bool isMade = events.TryCreate(probe, out TracefsEvent? made, out _);
        Assert.True(isMade);
        made!.Dispose();
        Assert.Equal(Errno.None, made.RemovalError);
    }
}
