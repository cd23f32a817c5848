using BpfCore.Kernel;
using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class AttachLiveTests : IDisposable
{
    private const int Times = 10;

    private readonly BpfObject _object;

    public AttachLiveTests()
    {
        LiveKernel.RequireTracing();
        _object = LiveObject.Load();
    }

    public void Dispose() => _object.Dispose();

    [Theory]
    [InlineData("on_raw", "raw_hits")]
    [InlineData("on_typed", "typed_hits")]
    [InlineData("on_tracepoint", "tracepoint_hits")]
    public void Attach_ToItsSectionsTarget_SeesEveryEventUntilDisposed(string program, string hits)
    {
        TracefsMount.Require();
        BpfLink link = BpfLink.Attach(_object.LoadProgram(program));

        LiveObject.Trigger(Times);
        link.Dispose();
        LiveObject.Trigger(Times);

        Assert.Equal((ulong)Times, _object.Variables[hits].Get<ulong>());
    }

    [Theory]
    [InlineData(KprobeAttachMode.Auto)]
    [InlineData(KprobeAttachMode.Pmu)]
    [InlineData(KprobeAttachMode.Tracefs)]
    public void AttachUprobe_FunctionOfLibC_SeesEveryCallUntilDisposed(KprobeAttachMode mode)
    {
        TracefsMount.Require();
        BpfProgram program = _object.LoadProgram("on_uprobe");
        BpfLink link = BpfLink.AttachUprobe(program, LibCFunction.Target("getppid"), mode);

        LiveObject.Trigger(Times);
        link.Dispose();
        LiveObject.Trigger(Times);

        Assert.Equal((ulong)Times, _object.Variables["uprobe_hits"].Get<ulong>());
    }

    [Fact]
    public void AttachUprobe_ReturnOfFunction_SeesEveryReturn()
    {
        BpfProgram program = _object.LoadProgram("on_uprobe");
        UprobeTarget target = LibCFunction.Target("getppid") with { IsReturn = true };
        using BpfLink link = BpfLink.AttachUprobe(program, target, KprobeAttachMode.Pmu);

        LiveObject.Trigger(Times);

        Assert.Equal((ulong)Times, _object.Variables["uprobe_hits"].Get<ulong>());
    }

    [Fact]
    public void Attach_ProgramDisposedAfterwards_GoesOnRunning()
    {
        using BpfLink link = BpfLink.Attach(_object.Programs["on_raw"]);
        _object.Programs["on_raw"].Dispose();

        LiveObject.Trigger(Times);

        Assert.Equal((ulong)Times, _object.Variables["raw_hits"].Get<ulong>());
    }

    [Fact]
    public void AttachKprobe_KernelWithOrWithoutKprobes_WorksOrTellsWhatIsMissing()
    {
        TracefsMount.Require();
        BpfProgram program = _object.LoadProgram("on_kprobe");
        bool hasKprobes = ProbePmu.Find(TracefsEventKind.Kprobe) is not null;

        Exception? refusal = Record.Exception(() => BpfLink.Attach(program).Dispose());

        if (hasKprobes)
        {
            Assert.Null(refusal);
            return;
        }

        KernelFeatureException e = Assert.IsType<KernelFeatureException>(refusal);
        Assert.Equal("kprobe", e.Feature);
        Assert.Contains("devices/kprobe is missing", e.Reason, StringComparison.Ordinal);
        Assert.Contains("CONFIG_KPROBE_EVENTS", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachKprobe_PmuForced_NeverStepsDown()
    {
        if (ProbePmu.Find(TracefsEventKind.Kprobe) is not null)
        {
            BpfLink.AttachKprobe(
                _object.LoadProgram("on_kprobe"),
                new KprobeTarget("tcp_v4_connect", 0, IsReturn: false),
                KprobeAttachMode.Pmu).Dispose();
            return;
        }

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => BpfLink.AttachKprobe(
            _object.LoadProgram("on_kprobe"),
            new KprobeTarget("tcp_v4_connect", 0, IsReturn: false),
            KprobeAttachMode.Pmu));

        Assert.Equal("kprobe PMU", e.Feature);
    }

    [Fact]
    public void AttachTracepoint_NoSuchTracepoint_NamesIt()
    {
        TracefsMount.Require();
        BpfProgram program = _object.LoadProgram("on_tracepoint");

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => BpfLink.AttachTracepoint(program, new TracepointTarget("sock", "no_such_tracepoint")));

        Assert.Equal("tracepoint/sock/no_such_tracepoint", e.Feature);
    }

    [Fact]
    public void AttachRawTracepoint_NoSuchTracepoint_NamesProgramAndTarget()
    {
        SyscallException e = Assert.Throws<SyscallException>(() => BpfLink.AttachRawTracepoint(
            _object.Programs["on_raw"], new RawTracepointTarget("no_such_tracepoint")));

        Assert.Equal("ENOENT", e.ErrorName);
        Assert.Contains("on_raw", e.Subject, StringComparison.Ordinal);
        Assert.Contains("no_such_tracepoint", e.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Attach_SectionWithoutTarget_AsksForOne()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => BpfLink.Attach(_object.LoadProgram("on_uprobe")));

        Assert.Contains("on_uprobe", e.Message, StringComparison.Ordinal);
    }
}
