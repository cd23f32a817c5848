using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>The programs of <c>obj-section_names</c>, one for each section name, by themselves.</summary>
public sealed class SectionNameLiveTests
{
    // Every kernel from 5.10 on runs programs of these types without an attachment (net/bpf/test_run.c). Those for XDP
    // of a device map or a CPU map, and cgroup programs of other hooks than packets, only run where they are attached; of
    // a flow dissector, kernels before 6.0 return what they made of its verdict.
    private static readonly ProgramType[] s_runnable =
    [
        ProgramType.SocketFilter, ProgramType.SchedClassifier, ProgramType.SchedAction, ProgramType.CgroupSkb,
        ProgramType.LwtIn, ProgramType.LwtOut, ProgramType.LwtXmit, ProgramType.RawTracepoint, ProgramType.Xdp,
        ProgramType.Syscall,
    ];

    [Fact]
    public void Run_EachProgramThatRunsUnattached_Returns0()
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec all = ObjectFixture.Read("section_names");
        List<string> sections = [];
        foreach (ProgramSpec program in all.Programs)
        {
            if (s_runnable.Contains(program.Type)
                && program.ExpectedAttachType is not (AttachType.XdpDevMap or AttachType.XdpCpuMap)
                && TryRun(program.Name))
            {
                sections.Add(program.SectionName);
            }
        }

        string[] everywhere = ["socket", "tc", "xdp", "raw_tp", "cgroup/skb", "lwt_in"];
        Assert.Empty(everywhere.Except(sections));
    }

    /// <summary>False when the kernel does not know the type, or what the section asks of it.</summary>
    private static bool TryRun(string name)
    {
        BpfObjectSpec spec = ObjectFixture.Read("section_names");
        foreach (ProgramSpec program in spec.Programs)
        {
            program.AutoLoad = program.Name == name;
        }

        try
        {
            using BpfObject bpf = BpfObject.Load(spec);
            BpfProgram program = bpf.Programs[name];
            TestRunOptions options = program.Type is ProgramType.Syscall or ProgramType.RawTracepoint
                ? new TestRunOptions()
                : new TestRunOptions { Data = new byte[64] };
            Assert.Equal(0u, program.TestRun(options).ReturnValue);
            return true;
        }
        catch (BpfException e) when (e is SyscallException { ErrorName: "EINVAL" }
            or BpfVerifierException or KernelFeatureException)
        {
            return false;
        }
    }
}
