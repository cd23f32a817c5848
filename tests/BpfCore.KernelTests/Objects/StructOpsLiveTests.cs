using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>A TCP congestion control made of programs, used by sockets of the loopback interface.</summary>
public sealed class StructOpsLiveTests
{
    private readonly BpfObjectSpec _spec;

    public StructOpsLiveTests()
    {
        ObjectFixture.RequireCongestionControls();
        _spec = ObjectFixture.Read("struct_ops");
        SetName("by_map", "m");
        SetName("by_link", "l");
    }

    [Fact]
    public void Attach_ByLink_ServesSocketsUntilItIsDisposed()
    {
        using BpfObject bpf = BpfObject.Load(_spec);
        using (StructOpsLink link = StructOpsLink.Attach(bpf.Maps["by_link"]))
        {
            Assert.True(link.HasKernelLink);
            Assert.True(CongestionControl.TryTransfer(Name("l")), "no socket takes it");
        }

        Assert.True(bpf.Variables["second_inits"].Get<ulong>() > 0);
        Assert.True(bpf.Variables["acks"].Get<ulong>() > 0);
        Assert.Equal(0UL, bpf.Variables["inits"].Get<ulong>());
        Assert.False(CongestionControl.TryTransfer(Name("l")), "it outlives its link");
    }

    [Fact]
    public void Attach_ByMap_ServesSocketsUntilItIsDisposed()
    {
        using BpfObject bpf = BpfObject.Load(_spec);
        using (StructOpsLink link = StructOpsLink.Attach(bpf.Maps["by_map"]))
        {
            Assert.False(link.HasKernelLink);
            Assert.True(CongestionControl.TryTransfer(Name("m")), "no socket takes it");
        }

        Assert.True(bpf.Variables["inits"].Get<ulong>() > 0);
        Assert.False(CongestionControl.TryTransfer(Name("m")), "it outlives its link");
    }

    [Fact]
    public void AttachAll_ProgramsAndMaps_RegistersEveryOperation()
    {
        using BpfObject bpf = BpfObject.Load(_spec);
        using (BpfLinkSet links = BpfLink.AttachAll(bpf.Programs, bpf.Maps))
        {
            Assert.Equal(2, links.Count);
            Assert.True(CongestionControl.TryTransfer(Name("m")) && CongestionControl.TryTransfer(Name("l")));
        }

        Assert.False(CongestionControl.TryTransfer(Name("m")) || CongestionControl.TryTransfer(Name("l")));
    }

    [Fact]
    public void Update_OtherOperationsOfTheSameName_TakeOver()
    {
        MapSpec optional = _spec.Maps["optional"];
        optional.AutoCreate = true;
        SetName("optional", "l");
        optional.StructOps!.SetProgram("init", _spec.Programs["on_init"]);
        using BpfObject bpf = BpfObject.Load(_spec);
        using StructOpsLink link = StructOpsLink.Attach(bpf.Maps["by_link"]);

        link.Update(bpf.Maps["optional"]);

        Assert.True(CongestionControl.TryTransfer(Name("l")), "no socket takes it");
        Assert.True(bpf.Variables["inits"].Get<ulong>() > 0);
        Assert.Equal(0UL, bpf.Variables["second_inits"].Get<ulong>());
    }

    [Fact]
    public void Load_OperationsThatAreNotCreated_LeaveTheirProgramsOut()
    {
        using BpfObject bpf = BpfObject.Load(_spec);

        Assert.False(bpf.Maps.TryGet("optional", out _));
        Assert.False(bpf.Programs.TryGet("on_optional", out _));
        Assert.True(bpf.Programs.TryGet("on_ack", out _));
        Assert.Contains(
            "AutoCreate", Assert.Throws<InvalidOperationException>(() => bpf.LoadProgram("on_optional")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ProgramTakenOut_IsNotLoaded()
    {
        _spec.Maps["by_map"].StructOps!.SetProgram("init", null);

        using BpfObject bpf = BpfObject.Load(_spec);

        Assert.False(bpf.Programs.TryGet("on_init", out _));
    }

    [Fact]
    public void Load_MemberThatNoKernelHas_IsNamed()
    {
        _spec.Maps["by_map"].StructOps!.SetProgram("not_in_any_kernel", _spec.Programs["on_init"]);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => BpfObject.Load(_spec));

        Assert.Contains("member not_in_any_kernel is set", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attach_NameThatIsTaken_IsRefusedAndLeavesTheFirst()
    {
        using BpfObject bpf = BpfObject.Load(_spec);
        SetName("by_map", "l");
        using BpfObject rival = BpfObject.Load(_spec);
        using StructOpsLink link = StructOpsLink.Attach(bpf.Maps["by_link"]);

        Assert.Throws<SyscallException>(() => StructOpsLink.Attach(rival.Maps["by_map"]));

        Assert.True(CongestionControl.TryTransfer(Name("l")), "the first one is gone");
    }

    private static string Name(string suffix) => $"fix{Environment.ProcessId}{suffix}";

    private void SetName(string map, string suffix)
    {
        Span<byte> name = _spec.Maps[map].StructOps!["name"];
        name.Clear();
        System.Text.Encoding.ASCII.GetBytes(Name(suffix), name);
    }
}
