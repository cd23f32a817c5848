using BpfCore.Links;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Objects;
using Xunit;

namespace BpfCore.Tests.Links;

public class LinkTests
{
    private const uint Enable = 0x2400; // PERF_EVENT_IOC_ENABLE
    private const uint SetBpf = 0x40042408; // PERF_EVENT_IOC_SET_BPF

    private readonly StepList _steps = new();

    [Fact]
    public void PerfEventAttach_KernelWithLinks_MakesOneAndEnablesTheEvent()
    {
        FakeEventKernel kernel = new();
        using (Attach(kernel))
        {
            Assert.Equal([BpfCommand.ProgramLoad, BpfCommand.LinkCreate], kernel.Commands);
            Assert.Equal([(Enable, 0UL)], kernel.Controls);
            Assert.Equal(3, kernel.OpenDescriptors.Count);
        }

        // The link holds the event, so it is closed before it.
        Assert.Equal(["close 102", "close 101"], kernel.Journal);
    }

    [Fact]
    public void PerfEventAttach_KernelBefore515_BindsTheProgramToTheDescriptor()
    {
        FakeEventKernel kernel = new();
        kernel.Answer(BpfCommand.LinkCreate, -(long)Errno.EINVAL);

        using PerfEventAttachment attachment = Attach(kernel);

        Assert.Equal([(SetBpf, 100UL), (Enable, 0UL)], kernel.Controls);
        Assert.Contains("BPF_LINK_CREATE -> PERF_EVENT_IOC_SET_BPF: EINVAL", _steps.Steps);
    }

    [Fact]
    public void PerfEventAttach_Refused_ClosesTheEventAndNamesTheTarget()
    {
        FakeEventKernel kernel = new();
        kernel.Answer(BpfCommand.LinkCreate, -(long)Errno.EPERM);

        SyscallException e = Assert.Throws<SyscallException>(() => Attach(kernel));

        Assert.Contains("tracepoint/sock/x", e.Subject, StringComparison.Ordinal);
        Assert.Single(kernel.OpenDescriptors); // the program's
    }

    [Fact]
    public void PerfEventAttach_EventCannotBeEnabled_ClosesLinkAndEvent()
    {
        FakeEventKernel kernel = new() { IoControlResult = -(long)Errno.EINVAL };

        SyscallException e = Assert.Throws<SyscallException>(() => Attach(kernel));

        Assert.Equal("ioctl(PERF_EVENT_IOC_ENABLE)", e.Call);
        Assert.Single(kernel.OpenDescriptors);
    }

    [Fact]
    public void Attach_TypedTracepointBefore519_OpensItAsARawOne()
    {
        FakeEventKernel kernel = new();
        kernel.Answer(BpfCommand.LinkCreate, -(long)Errno.EINVAL);
        using BpfProgram program = Program(kernel, new TracingTarget(TracingKind.RawTracepoint, "x"));

        BpfLink link = BpfLink.Attach(program);

        Assert.Equal([BpfCommand.ProgramLoad, BpfCommand.LinkCreate, BpfCommand.RawTracepointOpen], kernel.Commands);
        Assert.Contains("attached tp_btf/x by BTF tracepoint", _steps.Steps);
        link.Dispose();
        link.Dispose();
        Assert.Single(kernel.OpenDescriptors);
    }

    [Fact]
    public void Attach_ObserverThrows_DetachesAgain()
    {
        FakeEventKernel kernel = new();
        SystemCalls calls = new(kernel, new ThrowingObserver());
        using BpfProgram program = Program(calls, new RawTracepointTarget("x"));

        Assert.Throws<InvalidOperationException>(() => BpfLink.Attach(program));

        Assert.Single(kernel.OpenDescriptors);
    }

    private static BpfProgram Program(SystemCalls calls, AttachTarget target)
    {
        Assert.True(calls.Bpf.TryProgramLoad(new ProgramLoadRequest { Name = "p" }, out SafeFdHandle? handle, out _));
        return new BpfProgram(calls, handle, new ProgramSpec("p", "section", default) { Target = target });
    }

    private BpfProgram Program(FakeEventKernel kernel, AttachTarget target) =>
        Program(new SystemCalls(kernel, _steps), target);

    private PerfEventAttachment Attach(FakeEventKernel kernel)
    {
        TracepointTarget target = new("sock", "x");
        BpfProgram program = Program(kernel, target);
        Assert.True(program.Calls.PerfEvents.TryOpenTracepoint(7, cpu: 0, out SafeFdHandle? perfEvent, out _));
        return PerfEventAttachment.Attach(program, perfEvent, target);
    }

    private sealed class ThrowingObserver : BpfCore.Diagnostics.BpfObserver
    {
        public override void OnAttached(in BpfCore.Diagnostics.ProgramAttached step) =>
            throw new InvalidOperationException();
    }
}
