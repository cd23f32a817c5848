using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class MultiProbeLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();

    public MultiProbeLinkTests() => TracefsMount.Require();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("on_kprobe_multi")]
    [InlineData("on_kretprobe_multi")]
    public void Attach_PatternOfKernelFunctions_SeesEveryCallUntilDisposed(string program)
    {
        if (!LiveFeature.KprobeMulti)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program(program)));
            return;
        }

        _fixture.AssertSeenUntilDetached(() => BpfLink.Attach(_fixture.Program(program)));
    }

    [Fact]
    public void Attach_SessionOfKernelFunctions_SeesEntryAndReturn()
    {
        if (!LiveFeature.KprobeSession)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program("on_kprobe_session")));
            return;
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.Attach(_fixture.Program("on_kprobe_session")),
            static () => LiveObject.Trigger(LinkFixture.Times),
            hitsPerEvent: 2);
    }

    [Fact]
    public void AttachKprobeMulti_FunctionsWithCookies_GivesEachItsOwn()
    {
        KprobeSetTarget target = new()
        {
            Functions = ["security_file_open", LinkFixture.SyscallPrefix + "getppid"],
            Cookies = [5, 6],
        };
        if (!LiveFeature.KprobeMulti)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachKprobeMulti(_fixture.Program("on_kprobe_multi_cookie"), target),
                "on_kprobe_multi_cookie");
            return;
        }

        using BpfLink link = BpfLink.AttachKprobeMulti(_fixture.Program("on_kprobe_multi_cookie"), target);
        LiveObject.Trigger(1);

        Assert.Equal(6UL, _fixture.Cookie);
    }

    [Fact]
    public void Attach_PatternOfLibrary_SeesEveryCallUntilDisposed()
    {
        if (!LiveFeature.UprobeMulti)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program("on_uprobe_multi")), "on_uprobe_multi");
            return;
        }

        _fixture.AssertSeenUntilDetached(() => BpfLink.Attach(_fixture.Program("on_uprobe_multi")));
    }

    [Fact]
    public void Attach_SessionOfLibrary_SeesEntryAndReturn()
    {
        if (!LiveFeature.UprobeSession)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program("on_uprobe_session")), "on_uprobe_session");
            return;
        }

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.Attach(_fixture.Program("on_uprobe_session")),
            static () => LiveObject.Trigger(LinkFixture.Times),
            hitsPerEvent: 2);
    }

    [Fact]
    public void AttachUprobeMulti_SymbolsWithCookies_GivesEachItsOwn()
    {
        UprobeSetTarget target = new("libc.so.6") { Symbols = ["getpid", "getppid"], Cookies = [5, 6] };
        if (!LiveFeature.UprobeMulti)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachUprobeMulti(_fixture.Program("on_uprobe_multi_cookie"), target),
                "on_uprobe_multi_cookie");
            return;
        }

        using BpfLink link = BpfLink.AttachUprobeMulti(_fixture.Program("on_uprobe_multi_cookie"), target);
        LiveObject.Trigger(1);

        Assert.Equal(6UL, _fixture.Cookie);
    }

    [Fact]
    public void AttachUprobeMulti_CookiesForSomeOnly_IsRefused()
    {
        UprobeSetTarget target = new("libc.so.6") { Symbols = ["getpid", "getppid"], Cookies = [5] };

        Assert.Throws<ArgumentException>(
            () => BpfLink.AttachUprobeMulti(_fixture.Program("on_uprobe_section"), target));
    }
}
