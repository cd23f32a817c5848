using System.Runtime.InteropServices;
using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>The structure that the verifier takes for a program's context, by the type of program.</summary>
internal static class ContextTypes
{
    /// <summary>
    /// Name of the structure; null for programs whose context has none (libbpf's <c>global_ctx_map</c>, the kernel's
    /// <c>bpf_ctx_convert</c>).
    /// </summary>
    public static string? NameOf(ProgramType type) => type switch
    {
        ProgramType.CgroupDevice => "bpf_cgroup_dev_ctx",
        ProgramType.CgroupSock => "bpf_sock",
        ProgramType.CgroupSockAddr => "bpf_sock_addr",
        ProgramType.CgroupSocketOption => "bpf_sockopt",
        ProgramType.CgroupSysctl => "bpf_sysctl",
        ProgramType.Kprobe => "bpf_user_pt_regs_t",
        ProgramType.Netfilter => "bpf_nf_ctx",
        ProgramType.PerfEvent => "bpf_perf_event_data",
        ProgramType.RawTracepoint or ProgramType.RawTracepointWritable => "bpf_raw_tracepoint_args",
        ProgramType.SkLookup => "bpf_sk_lookup",
        ProgramType.SkMessage => "sk_msg_md",
        ProgramType.SkReusePort => "sk_reuseport_md",
        ProgramType.SockOps => "bpf_sock_ops",
        ProgramType.Xdp => "xdp_md",
        ProgramType.CgroupSkb or ProgramType.FlowDissector or ProgramType.LwtIn or ProgramType.LwtOut
            or ProgramType.LwtSeg6local or ProgramType.LwtXmit or ProgramType.SchedAction
            or ProgramType.SchedClassifier or ProgramType.SkSkb or ProgramType.SocketFilter => "__sk_buff",
        _ => null,
    };

    /// <summary>
    /// Whether an argument that is declared as a context has to be given the structure's type, because it is declared
    /// in one of the other ways that the tag allows (libbpf's <c>need_func_arg_type_fixup</c>).
    /// </summary>
    /// <param name="program">Type of the program that calls the function.</param>
    /// <param name="context">What <see cref="NameOf"/> gives for it.</param>
    /// <param name="argument">Type of the argument.</param>
    public static bool IsDeclaredOtherwise(ProgramType program, string context, BtfType argument)
    {
        BtfType pointer = argument.SkipModifiersAndTypedefs();
        if (pointer.Kind != BtfKind.Pointer)
        {
            return false;
        }

        BtfType target = pointer.Target.SkipModifiersAndTypedefs();
        return target.Kind switch
        {
            BtfKind.Void => true,
            BtfKind.Struct when target.Name == context => false,
            BtfKind.Struct => IsRegisters(program, target.Name),
            BtfKind.Int => target.Size == sizeof(ulong)
                && program is ProgramType.RawTracepoint or ProgramType.RawTracepointWritable,
            _ => false,
        };
    }

    // A kprobe's context may always be declared as struct pt_regs, a perf event's as the machine's bpf_user_pt_regs_t.
    private static bool IsRegisters(ProgramType program, string name) => program switch
    {
        ProgramType.Kprobe => name == "pt_regs",
        ProgramType.PerfEvent =>
            name == (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "user_pt_regs" : "pt_regs"),
        _ => false,
    };
}
