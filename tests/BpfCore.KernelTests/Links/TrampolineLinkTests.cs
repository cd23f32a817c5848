using BpfCore.Links;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class TrampolineLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("on_fentry")]
    [InlineData("on_fexit")]
    [InlineData("on_fmod_ret")]
    public void Attach_FunctionOfTheKernel_SeesEveryCallUntilDisposed(string name)
    {
        if (!LiveFeature.Trampolines)
        {
            AssertRefused(name);
            return;
        }

        _fixture.AssertSeenAtLeastUntilDetached(() => BpfLink.Attach(_fixture.Program(name)), OpenFiles);
    }

    [Fact]
    public void AttachTracing_FunctionWithCookie_GivesItToTheProgram()
    {
        if (!LiveFeature.TrampolineCookies)
        {
            AssertRefused("on_fentry_cookie");
            return;
        }

        using BpfLink link = BpfLink.AttachTracing(_fixture.Program("on_fentry_cookie"), cookie: 99);
        OpenFiles();

        Assert.Equal(99UL, _fixture.Cookie);
    }

    [Fact]
    public void Attach_SecurityHook_SeesEveryCallUntilDisposed()
    {
        if (!LiveFeature.Trampolines)
        {
            AssertRefused("on_lsm");
            return;
        }

        BpfProgram program = _fixture.Program("on_lsm");
        if (LiveFeature.BpfSecurityModule)
        {
            _fixture.AssertSeenAtLeastUntilDetached(() => BpfLink.Attach(program), OpenFiles);
            return;
        }

        // Without bpf in the kernel's list of security modules (lsm=) the hook is attached and never called.
        using BpfLink link = BpfLink.Attach(program);
        Assert.Equal("BPF trampoline", link.Way);
    }

    [Fact]
    public void Attach_ReplacementOfAFunction_RunsInItsPlaceUntilDisposed()
    {
        using LinkFixture fixture = LinkFixture.Load();
        if (LoadReplacement(fixture) is not BpfProgram program)
        {
            return;
        }

        using BpfLink caller = BpfLink.AttachRawTracepoint(
            fixture.Program("calls_replaceable"), new RawTracepointTarget("sys_enter"));
        BpfLink replacement = BpfLink.Attach(program);

        LiveObject.Trigger(1);
        Assert.Equal((0UL, 100UL), (fixture.Hits, fixture.Object.Variables["order"].Get<ulong>()));
        replacement.Dispose();
        LiveObject.Trigger(1);

        Assert.Equal((1UL, 100UL), (fixture.Hits, fixture.Object.Variables["order"].Get<ulong>()));
    }

    [Fact]
    public void AttachReplacement_FunctionOfAnotherProgram_RunsInItsPlace()
    {
        using LinkFixture fixture = LinkFixture.Load();
        if (LoadReplacement(fixture) is not BpfProgram program)
        {
            return;
        }

        BpfProgram other = fixture.Program("calls_replaceable_too");
        using BpfLink caller = BpfLink.AttachRawTracepoint(other, new RawTracepointTarget("sys_enter"));
        using BpfLink replacement = BpfLink.AttachReplacement(program, new ProgramFunctionTarget(other, "replaceable"));

        LiveObject.Trigger(1);

        Assert.Equal(0UL, fixture.Object.Variables["returns"].Get<ulong>());
        Assert.Equal(100UL, fixture.Object.Variables["order"].Get<ulong>());
    }

    [Fact]
    public void LoadProgram_ReplacementWithoutAProgram_SaysWhatToSet()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => _fixture.Program("replacement"));

        Assert.Contains("ProgramFunctionTarget", e.Message, StringComparison.Ordinal);
    }

    private static void OpenFiles()
    {
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            File.OpenHandle("/proc/self/comm").Dispose();
        }
    }

    // When it is loaded, or when it is attached (arm64 before 6.4).
    private void AssertRefused(string name) =>
        LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program(name)), $"program {name}");

    private static BpfProgram? LoadReplacement(LinkFixture fixture)
    {
        fixture.Spec.Programs["replacement"].Target =
            new ProgramFunctionTarget(fixture.Program("calls_replaceable"), "replaceable");
        try
        {
            return fixture.Program("replacement");
        }
        catch (BpfException e)
        {
            Assert.Contains("program replacement", e.Message, StringComparison.Ordinal);
            Assert.False(LiveFeature.Trampolines, e.Message);
            return null;
        }
    }
}
