using BpfCore.Kernel;
using BpfCore.Links;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Kernel;
using BpfCore.Tests.Objects;
using Xunit;

namespace BpfCore.Tests.Links;

public sealed class ProbeAttacherTests : IDisposable
{
    private const string Stat = "42 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 500 20";

    private static readonly KprobeTarget s_entry = new("tcp_v4_connect", 0, IsReturn: false);

    private readonly FakeTree _tree = new();
    private readonly StepList _steps = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Attach_KernelWithPmu_OpensOneEventWithTheFunctionsName()
    {
        FakeEventKernel kernel = new();
        WithPmu();

        using BpfLink link = Attach(kernel, s_entry with { Offset = 8 }, KprobeAttachMode.Auto);

        (BpfCore.Syscalls.Abi.perf_event_attr attributes, string? symbol, int cpu) = Assert.Single(kernel.Events);
        Assert.Equal((8u, 0UL, 8UL), (attributes.type, attributes.config, attributes.probe_offset));
        Assert.Equal("tcp_v4_connect", symbol);
        Assert.Equal(CpuSet.Online().Ids[0], cpu);
        Assert.Equal("kprobe PMU", link.Way);
    }

    [Fact]
    public void Attach_ReturnProbe_SetsTheBitOfThePmu()
    {
        FakeEventKernel kernel = new();
        WithPmu();

        using BpfLink link = Attach(kernel, s_entry with { IsReturn = true }, KprobeAttachMode.Pmu);

        Assert.Equal(1UL << 3, kernel.Events[0].Attributes.config);
    }

    [Fact]
    public void Attach_NoSuchFunction_SaysSoAndDoesNotStepDown()
    {
        FakeEventKernel kernel = new() { PerfEventResult = -(long)Errno.ENOENT };
        WithPmu();
        WithTracefs();

        SyscallException e = Assert.Throws<SyscallException>(() => Attach(kernel, s_entry, KprobeAttachMode.Auto));

        Assert.Contains("no such function", e.Subject, StringComparison.Ordinal);
        Assert.Equal("perf_event_open", e.Call);
        Assert.DoesNotContain("p:", kernel.Journal);
    }

    [Fact]
    public void Attach_KernelWithoutPmu_StepsDownToTracefsAndSaysWhy()
    {
        FakeEventKernel kernel = new();
        WithTracefs();

        // The fake tree shows no id for a new event: the attach fails after making it, and has to remove it.
        SyscallException e = Assert.Throws<SyscallException>(() => Attach(kernel, s_entry, KprobeAttachMode.Auto));

        Assert.Equal("write(kprobe_events)", e.Call);
        Assert.Contains(
            "kprobe PMU -> tracefs: /sys/bus/event_source/devices/kprobe is missing", _steps.Steps);
        Assert.Equal(["p:", "-:"], kernel.Journal.Where(entry => entry.EndsWith(':')));
        Assert.Single(kernel.OpenDescriptors);
    }

    [Fact]
    public void Attach_PmuForcedButMissing_NeverStepsDown()
    {
        FakeEventKernel kernel = new();
        WithTracefs();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Attach(kernel, s_entry, KprobeAttachMode.Pmu));

        Assert.Equal("kprobe PMU", e.Feature);
        Assert.Empty(kernel.Journal);
    }

    [Fact]
    public void Attach_TracefsForced_PassesThePmuBy()
    {
        FakeEventKernel kernel = new();
        WithPmu();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Attach(kernel, s_entry, KprobeAttachMode.Tracefs));

        Assert.Equal("kprobe through tracefs", e.Feature);
        Assert.Contains("not mounted", e.Reason, StringComparison.Ordinal);
        Assert.Empty(kernel.Events);
    }

    [Theory]
    [InlineData(KprobeAttachMode.Auto, "kprobe")]
    [InlineData(KprobeAttachMode.Pmu, "kprobe PMU")]
    [InlineData(KprobeAttachMode.Tracefs, "kprobe through tracefs")]
    public void FindObstacle_NoKprobes_IsWhatAttachThrows(KprobeAttachMode mode, string feature)
    {
        KernelFeatureException thrown = Assert.Throws<KernelFeatureException>(
            () => Attach(new FakeEventKernel(), s_entry, mode));

        KernelFeatureException? found = ProbeAttacher.FindObstacle(_tree.Files, TracefsEventKind.Kprobe, mode);

        Assert.Equal((feature, thrown.Message), (found?.Feature, found?.Message));
    }

    [Theory]
    [InlineData(KprobeAttachMode.Auto, true, true)]
    [InlineData(KprobeAttachMode.Pmu, true, false)]
    [InlineData(KprobeAttachMode.Tracefs, false, true)]
    public void FindObstacle_OneWayOnly_IsNoneForThatWay(KprobeAttachMode mode, bool worksByPmu, bool worksByTracefs)
    {
        WithPmu();
        Assert.Equal(worksByPmu, ProbeAttacher.FindObstacle(_tree.Files, TracefsEventKind.Kprobe, mode) is null);

        using FakeTree other = new();
        other.With("sys/kernel/tracing/events/enable", "0").With("sys/kernel/tracing/kprobe_events", string.Empty);
        Assert.Equal(worksByTracefs, ProbeAttacher.FindObstacle(other.Files, TracefsEventKind.Kprobe, mode) is null);
    }

    [Theory]
    [InlineData("none integrity [confidentiality]", "may not be read: kernel lockdown is in confidentiality mode")]
    [InlineData("[none] integrity confidentiality", "kprobe_events may not be read")]
    public void FindObstacle_ControlFileThatNobodyMayOpen_NamesLockdown(string lockdown, string reason)
    {
        // A directory can be read by nobody either.
        _tree.With("sys/kernel/tracing/events/enable", "0")
            .With("sys/kernel/tracing/kprobe_events/x", string.Empty)
            .With("sys/kernel/security/lockdown", lockdown);

        KernelFeatureException? found = ProbeAttacher.FindObstacle(
            _tree.Files, TracefsEventKind.Kprobe, KprobeAttachMode.Tracefs);

        Assert.Contains(reason, found?.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("CONFIG_", found?.Reason, StringComparison.Ordinal);
    }

    private BpfLink Attach(FakeEventKernel kernel, KprobeTarget target, KprobeAttachMode mode)
    {
        SystemCalls calls = new(kernel, _steps);
        Assert.True(calls.Bpf.TryProgramLoad(new ProgramLoadRequest { Name = "p" }, out SafeFdHandle? handle, out _));
        BpfProgram program = new(calls, handle, new ProgramSpec("p", "kprobe", default) { Target = target });
        return new ProbeAttacher(calls, _tree.Files).Attach(
            program, ProbeLocation.Of(target), new ProbeOptions { Mode = mode });
    }

    private void WithPmu() => _tree
        .With("sys/bus/event_source/devices/kprobe/type", "8\n")
        .With("sys/bus/event_source/devices/kprobe/format/retprobe", "config:3\n");

    private void WithTracefs() => _tree
        .With("sys/kernel/tracing/events/enable", "0")
        .With("sys/kernel/tracing/kprobe_events", string.Empty)
        .With("proc/self/stat", Stat)
        .WithLink("proc/self/ns/pid", "pid:[11]");
}
