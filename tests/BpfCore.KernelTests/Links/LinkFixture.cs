using System.Runtime.InteropServices;
using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>
/// The fixture <c>live/links.bpf.c</c>, or one like it, in the kernel, none of its programs loaded yet.
/// </summary>
internal sealed class LinkFixture : IDisposable
{
    public const int Times = 10;

    private LinkFixture(BpfObjectSpec spec, BpfObject bpf)
    {
        Spec = spec;
        Object = bpf;
    }

    /// <summary>Prefix of the functions behind system calls.</summary>
    public static string SyscallPrefix =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "__arm64_sys_" : "__x64_sys_";

    /// <summary>What was read; programs that are not loaded yet may still be changed.</summary>
    public BpfObjectSpec Spec { get; }

    public BpfObject Object { get; }

    public ulong Hits => Object.Variables["hits"].Get<ulong>();

    public ulong Cookie => Object.Variables["cookies"].Get<ulong>();

    /// <summary>Loads an object, after a change where one is needed.</summary>
    public static LinkFixture Load(Action<BpfObjectSpec>? change = null, string file = "links.bpf.o")
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec spec = LiveObject.ReadFile(file);
        if (spec.Variables.TryGet("target_pid", out VariableSpec? processId))
        {
            processId.Set((uint)Environment.ProcessId);
        }

        if (spec.Variables.TryGet("target_call", out VariableSpec? call))
        {
            call.Set(LiveObject.CallNumber);
        }

        change?.Invoke(spec);
        return new LinkFixture(spec, BpfObject.Load(spec));
    }

    public BpfProgram Program(string name) => Object.LoadProgram(name);

    /// <summary>The event is seen as often as it happens while the link lives, and never after it.</summary>
    /// <param name="attach">Makes the link.</param>
    /// <param name="happen">Makes the event, <see cref="Times"/> times.</param>
    /// <param name="hitsPerEvent">How often the program runs for one event.</param>
    public void AssertSeenUntilDetached(Func<BpfLink> attach, Action happen, int hitsPerEvent = 1)
    {
        BpfLink link = attach();
        happen();
        link.Dispose();
        ulong seen = Hits;
        happen();

        Assert.Equal((ulong)(Times * hitsPerEvent), seen);
        Assert.Equal(seen, Hits);
    }

    /// <summary>As for events of the test alone, but others may make them as well.</summary>
    public void AssertSeenAtLeastUntilDetached(Func<BpfLink> attach, Action happen)
    {
        BpfLink link = attach();
        happen();
        link.Dispose();
        ulong seen = Hits;
        happen();

        Assert.True(seen >= Times, $"{seen} hits, expected {Times} at least");
        Assert.Equal(seen, Hits);
    }

    public void AssertSeenUntilDetached(Func<BpfLink> attach) =>
        AssertSeenUntilDetached(attach, static () => LiveObject.Trigger(Times));

    public void Dispose() => Object.Dispose();
}
