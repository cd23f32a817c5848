using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>What the kernel's test runs take and give for each type of program (net/bpf/test_run.c).</summary>
internal static class TestRunRules
{
    private const int EthernetHeader = 14;
    private const int LargestSyscallContext = ushort.MaxValue;

    /// <summary>
    /// Bytes of context to ask for after the run: as many as were given, where the type gives them back
    /// (<c>bpf_ctx_finish</c>).
    /// </summary>
    public static int ContextCapacity(ProgramType type, int given) =>
        type is ProgramType.Xdp or ProgramType.SkLookup or ProgramType.FlowDissector || RunsOnSocketBuffer(type)
            ? given
            : 0;

    /// <summary>The exception for a run that the kernel refused.</summary>
    public static BpfException Refused(BpfProgram program, TestRunOptions options, Errno error, in TestRunReply reply)
    {
        if (error == Errno.ENOTSUPP)
        {
            return new KernelFeatureException(
                $"test run of {program}",
                $"this kernel cannot run programs of type {program.Type} without an attachment");
        }

        string? advice = error switch
        {
            Errno.EINVAL => Expected(program.Type, options),
            Errno.ENOSPC => Overflow(options, reply),
            Errno.EINTR => $"signals ended each attempt before {options.Repeat} runs were through; repeat less often",
            _ => null,
        };
        return advice is null
            ? program.Calls.Failure(BpfCommand.ProgramTestRun.Call(), program.ToString(), error)
            : new SyscallException(
                BpfCommand.ProgramTestRun.Call(), program.ToString(), (int)error, error.Symbol(), error.Text(), advice);
    }

    private static bool RunsOnSocketBuffer(ProgramType type) => type
        is ProgramType.SocketFilter or ProgramType.SchedClassifier or ProgramType.SchedAction
        or ProgramType.CgroupSkb or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit
        or ProgramType.LwtSeg6local;

    private static string Expected(ProgramType type, TestRunOptions options) => type switch
    {
        ProgramType.Xdp or ProgramType.FlowDissector or ProgramType.Netfilter => Packet(options),
        _ when RunsOnSocketBuffer(type) => Packet(options),
        ProgramType.Syscall =>
            $"a syscall program takes a context of at most {LargestSyscallContext} bytes, no data, no repetition and " +
            "no flags",
        ProgramType.RawTracepoint or ProgramType.RawTracepointWritable =>
            "a raw tracepoint takes a context of 8 bytes for each argument that the program reads, no data and no " +
            "repetition",
        ProgramType.SkLookup => "sk_lookup takes a context (struct bpf_sk_lookup) and no data",
        ProgramType.Tracing => "fentry, fexit and fmod_ret programs take neither data nor repetition nor flags",
        _ => $"the kernel has other rules for the input of {type} programs",
    };

    private static string Packet(TestRunOptions options) => options.Data.Length < EthernetHeader
        ? $"the packet has {options.Data.Length} bytes, but an Ethernet header alone has {EthernetHeader}"
        : "the packet may be larger than a page leaves room for, or the context has fields set that a user may not set";

    private static string Overflow(TestRunOptions options, in TestRunReply reply) =>
        $"the program left {reply.DataSize} bytes of data and {reply.ContextSize} of context; set " +
        $"{nameof(options.DataCapacity)} or {nameof(options.ContextCapacity)} to hold them";
}
