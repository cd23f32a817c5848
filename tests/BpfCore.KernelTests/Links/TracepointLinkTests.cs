using BpfCore.Links;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class TracepointLinkTests : IDisposable
{
    private const ulong Cookie = 0xABCD_EF01_2345_6789;

    private readonly LinkFixture _fixture = LinkFixture.Load();

    public TracepointLinkTests() => TracefsMount.Require();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("on_raw")]
    [InlineData("on_typed")]
    public void Attach_SectionOfTracepoint_SeesEveryCallUntilDisposed(string program) =>
        _fixture.AssertSeenUntilDetached(() => BpfLink.Attach(_fixture.Program(program)));

    [Fact]
    public void AttachTracepoint_WithCookie_GivesItToTheProgram()
    {
        if (!LiveFeature.PerfEventLinks)
        {
            LiveFeature.AssertRefused(() => _fixture.Program("on_tracepoint_cookie"), "on_tracepoint_cookie");
            return;
        }

        TracepointTarget target = new("raw_syscalls", "sys_enter");
        using BpfLink link = BpfLink.AttachTracepoint(_fixture.Program("on_tracepoint_cookie"), target, Cookie);
        LiveObject.Trigger(1);

        Assert.Equal(Cookie, _fixture.Cookie);
    }

    [Theory]
    [InlineData("on_raw_cookie")]
    [InlineData("on_typed_cookie")]
    public void AttachRawTracepoint_WithCookie_GivesItToTheProgram(string program)
    {
        if (!LiveFeature.RawTracepointCookies)
        {
            LiveFeature.AssertRefused(() => _fixture.Program(program), program);
            return;
        }

        _fixture.AssertSeenUntilDetached(() => program == "on_raw_cookie"
            ? BpfLink.AttachRawTracepoint(_fixture.Program(program), new RawTracepointTarget("sys_enter"), Cookie)
            : BpfLink.AttachTracing(_fixture.Program(program), Cookie));
        Assert.Equal(Cookie, _fixture.Cookie);
    }

    [Fact]
    public void Attach_WritableTracepoint_ChangesWhatATestRunReturnsUntilDisposed()
    {
        using LinkFixture hooks = LinkFixture.Load(file: "hooks.bpf.o");
        BpfProgram run = hooks.Program("to_be_run");
        using (BpfLink.Attach(hooks.Program("on_writable")))
        {
            SyscallException e = Assert.Throws<SyscallException>(() => run.TestRun(new byte[64]));
            Assert.Equal("ENOMSG", e.ErrorName); // 42
        }

        Assert.Equal(2u, run.TestRun(new byte[64]).ReturnValue);
        Assert.Equal(1UL, hooks.Hits);
    }

    [Fact]
    public void AttachPerfEvent_Clock_HitsUntilDisposed()
    {
        BpfLink link = BpfLink.AttachPerfEvent(_fixture.Program("on_clock"), PerfEventTarget.Clock(1000));
        SpinWait.SpinUntil(() => _fixture.Hits > 0, TimeSpan.FromSeconds(10));
        link.Dispose();
        ulong seen = _fixture.Hits;
        long end = Environment.TickCount64 + 50;
        while (Environment.TickCount64 < end)
        {
            // The clock of a CPU that does nothing does not hit.
        }

        Assert.NotEqual(0UL, seen);
        Assert.Equal(seen, _fixture.Hits);
    }

    [Fact]
    public void AttachAll_SectionsWithAndWithoutTarget_LeavesTheOthersDetached()
    {
        using BpfLinkSet links = BpfLink.AttachAll(
            [_fixture.Program("on_raw"), _fixture.Program("on_xdp"), _fixture.Program("on_typed")]);

        Assert.Equal(["on_raw", "on_typed"], links.Select(static link => link.ProgramName));
        Assert.Equal(["on_xdp"], links.LeftDetached.Select(static program => program.Name));
    }
}
