using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to many kernel functions with one link.</summary>
internal static class KprobeMultiAttacher
{
    private const uint ReturnFlag = 1; // BPF_F_KPROBE_MULTI_RETURN

    public static BpfLink Attach(BpfProgram program, KprobeMultiTarget target)
    {
        // A plain name needs no list of all functions, which may be unreadable; the kernel knows its own.
        ProbeableFunctions functions = GlobPattern.IsPattern(target.Pattern)
            ? ProbeableFunctions.Find(target.Pattern)
            : new ProbeableFunctions([target.Pattern], []);
        return Create(program, target, target.Kind, functions, cookies: []);
    }

    public static BpfLink Attach(BpfProgram program, KprobeSetTarget target)
    {
        target.Check();
        ProbeableFunctions functions = new([.. target.Functions], [.. target.Addresses]);
        return Create(program, target, target.Kind, functions, [.. target.Cookies]);
    }

    private static KernelLink Create(
        BpfProgram program, AttachTarget target, MultiProbeKind kind, ProbeableFunctions functions, ulong[] cookies)
    {
        MultiLinkRequest request = new()
        {
            Program = program.Handle,
            AttachType = (uint)(kind == MultiProbeKind.Session
                ? AttachType.TraceKprobeSession
                : AttachType.TraceKprobeMulti),
            Flags = kind == MultiProbeKind.Return ? ReturnFlag : 0,
            Cookies = cookies,
        };
        return program.Calls.Bpf.TryKprobeMultiLinkCreate(
            request, functions.Names, functions.Addresses, out SafeFdHandle? link, out Errno error)
            ? new KernelLink(program, target, "kprobe.multi", link)
            : throw AttachFailure.Of(program, target, BpfCommand.LinkCreate.Call(), error, Explain(error, kind));
    }

    private static string? Explain(Errno error, MultiProbeKind kind) => error switch
    {
        Errno.ESRCH or Errno.ENOENT => "the kernel has not all of these functions, or some may not be probed",
        Errno.EOPNOTSUPP => "the kernel was built without CONFIG_FPROBE",
        Errno.EINVAL when kind == MultiProbeKind.Session =>
            "kprobe.session needs a kernel from 6.12 on, and a program of a kprobe.session section",
        Errno.EINVAL =>
            "kprobe.multi needs a kernel from 5.18 on with CONFIG_FPROBE, and a program of a kprobe.multi section",
        _ => null,
    };
}
