using BpfCore.Links;
using Xunit;

namespace BpfCore.Tests.Links;

public class ProbeOptionsTests
{
    [Fact]
    public void CheckForKprobe_WhatOnlyUprobesHave_NamesTheOption()
    {
        Assert.Contains(
            "ProcessId", Refusal(() => new ProbeOptions { ProcessId = 1 }.CheckForKprobe(isReturn: false)));
        Assert.Contains(
            "SemaphoreOffset", Refusal(() => new ProbeOptions { SemaphoreOffset = 1 }.CheckForKprobe(isReturn: false)));
    }

    [Fact]
    public void CheckForKprobe_MaximumActive_NeedsAReturnAndTracefs()
    {
        ProbeOptions options = new() { MaximumActive = 10 };

        options.CheckForKprobe(isReturn: true);
        Assert.Contains("MaximumActive", Refusal(() => options.CheckForKprobe(isReturn: false)));
        Assert.Contains(
            "only tracefs can",
            Refusal(() => (options with { Mode = KprobeAttachMode.Pmu }).CheckForKprobe(isReturn: true)));
    }

    [Fact]
    public void CheckForUprobe_ProcessThroughTracefs_IsRefused() => Assert.Contains(
        "tracefs probes all processes",
        Refusal(() => new ProbeOptions { ProcessId = 1, Mode = KprobeAttachMode.Tracefs }.CheckForUprobe()));

    private static string Refusal(Action check) => Assert.Throws<ArgumentException>(check).Message;
}
