using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>
/// Functions and a tracepoint that distributions have in modules. Where they are built into the kernel, the same holds.
/// </summary>
public sealed class ModuleLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load(file: "modules.bpf.o");

    public ModuleLinkTests()
    {
        TracefsMount.Require();
        if (!VirtualSocket.Exists)
        {
            LiveKernel.SkipOrFail("the kernel has no sockets between virtual machines (vsock)");
        }
    }

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("on_function")]
    [InlineData("on_return")]
    [InlineData("on_functions")]
    public void Attach_ProbeOfAFunction_SeesEveryCallUntilDisposed(string program) => AssertSeen(
        program, program == "on_functions" ? LiveFeature.KprobeMulti && LiveFeature.Kprobes : LiveFeature.Kprobes);

    [Theory]
    [InlineData("on_fentry")]
    [InlineData("on_fexit")]
    public void Attach_TrampolineOfAFunction_SeesEveryCallUntilDisposed(string program) =>
        AssertSeen(program, LiveFeature.Trampolines && VirtualSocket.HasTypes);

    [Theory]
    [InlineData("on_typed")]
    [InlineData("on_raw")]
    [InlineData("on_tracepoint")]
    public void Attach_Tracepoint_SeesEveryPacketUntilDisposed(string program)
    {
        bool isKnown = program != "on_typed" || VirtualSocket.HasTypes;
        if (isKnown && !VirtualSocket.HasLoopback)
        {
            AssertAttachesInVain(program);
            return;
        }

        AssertSeen(program, isKnown);
    }

    private void AssertSeen(string program, bool isPossible)
    {
        if (!isPossible)
        {
            LiveFeature.AssertRefused(() => BpfLink.Attach(_fixture.Program(program)));
            return;
        }

        _fixture.AssertSeenAtLeastUntilDetached(
            () => BpfLink.Attach(_fixture.Program(program)), static () => VirtualSocket.Connect(LinkFixture.Times));
    }

    // Without a way to the machine itself no packet is made.
    private void AssertAttachesInVain(string program)
    {
        using BpfLink link = BpfLink.Attach(_fixture.Program(program));
        VirtualSocket.Connect(LinkFixture.Times);

        Assert.Equal(0UL, _fixture.Hits);
    }
}
