using BpfCore.Kernel;
using BpfCore.Links;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class ProbeLinkTests : IDisposable
{
    private const string Missing = "CONFIG_KPROBE_EVENTS";

    private readonly LinkFixture _fixture = LinkFixture.Load();
    private readonly Tracefs _tracefs = TracefsMount.Require();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(KprobeAttachMode.Pmu)]
    [InlineData(KprobeAttachMode.Tracefs)]
    public void AttachKprobe_OffsetInFunction_SeesEveryCallUntilDisposed(KprobeAttachMode mode)
    {
        if (!LiveFeature.Kprobes)
        {
            LiveFeature.AssertRefused(() => AttachKprobe(offset: 4, mode), Missing);
            return;
        }

        // Where an instruction begins that may be probed depends on the kernel's configuration: endbr64 has 4 bytes, a
        // call 5; the first two of arm64, 4 bytes each, may be the tracer's.
        ulong offset = new[] { 4UL, 5UL, 8UL }.FirstOrDefault(place => CanAttach(place, mode));
        _fixture.AssertSeenUntilDetached(() => AttachKprobe(offset, mode));
    }

    [Fact]
    public void AttachKprobe_ReturnWithMaximumActive_MakesAnEventWithIt()
    {
        ProbeOptions options = new() { MaximumActive = 100 };
        KprobeTarget target = new(LinkFixture.SyscallPrefix + "getppid", 0, IsReturn: true);
        if (!LiveFeature.Kprobes)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachKprobe(_fixture.Program("on_kprobe"), target, options), Missing);
            return;
        }

        using (BpfLink link = BpfLink.AttachKprobe(_fixture.Program("on_kprobe"), target, options))
        {
            string events = File.ReadAllText($"{_tracefs.MountPoint}/kprobe_events");
            Assert.Contains("r100:bpfcore_", events, StringComparison.Ordinal);
            Assert.Equal("kprobe through tracefs", link.Way);
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachKprobe(_fixture.Program("on_kprobe"), target, options));
    }

    [Fact]
    public void AttachKprobe_WithCookie_GivesItToTheProgram()
    {
        KprobeTarget target = new(LinkFixture.SyscallPrefix + "getppid", 0, IsReturn: false);
        if (!LiveFeature.PerfEventLinks)
        {
            LiveFeature.AssertRefused(() => _fixture.Program("on_kprobe_cookie"), "on_kprobe_cookie");
            return;
        }

        ProbeOptions options = new() { Cookie = 0x1234_5678_9ABC };
        if (!LiveFeature.Kprobes)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachKprobe(_fixture.Program("on_kprobe_cookie"), target, options), Missing);
            return;
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachKprobe(_fixture.Program("on_kprobe_cookie"), target, options));
        Assert.Equal(options.Cookie, _fixture.Cookie);
    }

    [Theory]
    [InlineData("on_ksyscall")]
    [InlineData("on_kretsyscall")]
    public void Attach_SectionOfSystemCall_SeesEveryCallUntilDisposed(string program)
    {
        if (!LiveFeature.Kprobes)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program(program)), Missing);
            return;
        }

        _fixture.AssertSeenUntilDetached(() => BpfLink.Attach(_fixture.Program(program)));
    }

    [Fact]
    public void AttachSyscall_NoSuchCall_NamesProgramAndTarget() => LiveFeature.AssertRefused(
        () => BpfLink.AttachSyscall(_fixture.Program("on_ksyscall"), new SyscallTarget("no_such_call", false)),
        LiveFeature.Kprobes ? "ksyscall/no_such_call" : Missing);

    [Theory]
    [InlineData("on_uprobe_section")]
    [InlineData("on_uretprobe_section")]
    public void Attach_SectionOfFunctionInLibrary_SeesEveryCallUntilDisposed(string program) =>
        _fixture.AssertSeenUntilDetached(() => BpfLink.Attach(_fixture.Program(program)));

    [Fact]
    public void AttachUprobe_WithCookieInOneProcess_GivesItToTheProgram()
    {
        if (!LiveFeature.PerfEventLinks)
        {
            LiveFeature.AssertRefused(() => _fixture.Program("on_uprobe_cookie"), "on_uprobe_cookie");
            return;
        }

        UprobeSymbolTarget target = new("libc.so.6", "getppid", 0, IsReturn: false);
        ProbeOptions options = new() { Cookie = 77, ProcessId = Environment.ProcessId };

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachUprobe(_fixture.Program("on_uprobe_cookie"), target, options));
        Assert.Equal(77UL, _fixture.Cookie);
    }

    [Fact]
    public void AttachUprobe_OtherProcess_SeesNothingOfThisOne()
    {
        UprobeSymbolTarget target = new("libc.so.6", "getppid", 0, IsReturn: false);
        using BpfLink link = BpfLink.AttachUprobe(
            _fixture.Program("on_uprobe_section"), target, new ProbeOptions { ProcessId = 1 });

        LiveObject.Trigger(LinkFixture.Times);

        Assert.Equal(0UL, _fixture.Hits);
    }

    [Fact]
    public void AttachUprobe_NoSuchFunction_NamesFileAndFunction()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => BpfLink.AttachUprobe(
            _fixture.Program("on_uprobe_section"), new UprobeSymbolTarget("libc.so.6", "no_such_function", 0, false)));

        Assert.Contains("libc.so.6 has no function no_such_function", e.Message, StringComparison.Ordinal);
    }

    private BpfLink AttachKprobe(ulong offset, KprobeAttachMode mode) => BpfLink.AttachKprobe(
        _fixture.Program("on_kprobe"),
        new KprobeTarget(LinkFixture.SyscallPrefix + "getppid", offset, IsReturn: false),
        mode);

    private bool CanAttach(ulong offset, KprobeAttachMode mode)
    {
        try
        {
            AttachKprobe(offset, mode).Dispose();
            return true;
        }
        catch (SyscallException)
        {
            return false;
        }
    }
}
