using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to raw tracepoints, and to what they were bound to when they were loaded.</summary>
internal static class TracingAttacher
{
    public static BpfLink AttachRawTracepoint(BpfProgram program, RawTracepointTarget target, ulong cookie) =>
        program.Calls.Bpf.TryRawTracepointOpen(
            program.Handle, target.Name, cookie, out SafeFdHandle? link, out Errno error)
            ? new KernelLink(program, target, "raw tracepoint", link)
            : throw AttachFailure.Of(
                program, target, BpfCommand.RawTracepointOpen.Call(), error, Explain(error, cookie));

    public static BpfLink Attach(BpfProgram program, ulong cookie)
    {
        AttachTarget target = program.Target ?? throw new InvalidOperationException(
            $"{program} is not bound to anything; its section or its {nameof(ProgramSpec)} has to name a target");
        return TryAttach(program, cookie, out SafeFdHandle? link, out BpfCommand call, out Errno error)
            ? new KernelLink(program, target, WayOf(target), link)
            : throw AttachFailure.Of(program, target, call.Call(), error, Explain(error, cookie));
    }

    public static BpfLink AttachReplacement(BpfProgram program, ProgramFunctionTarget target)
    {
        LinkRequest request = new(program.Handle, (uint)program.ExpectedAttachType)
        {
            Target = target.Program.Handle,
            TargetTypeId = new ProgramBtf(target.Program).FindFunction(target.Function),
        };
        return KernelLink.Create(program, target, "BPF trampoline", request, ExplainReplacement);
    }

    // Kernels before 5.19 make these links through BPF_RAW_TRACEPOINT_OPEN only and answer EINVAL to the other, as they
    // do to a cookie. An extension has no attach type, so that the older command is its own.
    private static bool TryAttach(
        BpfProgram program,
        ulong cookie,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SafeFdHandle? link,
        out BpfCommand call,
        out Errno error)
    {
        BpfSyscall bpf = program.Calls.Bpf;
        call = BpfCommand.LinkCreate;
        LinkRequest request = new(program.Handle, (uint)program.ExpectedAttachType) { TracingCookie = cookie };
        if (bpf.TryLinkCreate(request, out link, out error))
        {
            return true;
        }

        if (error != Errno.EINVAL || cookie != 0)
        {
            return false;
        }

        program.Calls.Observer?.OnFallback(new FallbackTaken(
            program.ToString(), "BPF_LINK_CREATE", "BPF_RAW_TRACEPOINT_OPEN", error.Symbol()));
        call = BpfCommand.RawTracepointOpen;
        return bpf.TryRawTracepointOpen(program.Handle, name: null, cookie, out link, out error);
    }

    private static string WayOf(AttachTarget target) => target is TracingTarget { Kind: TracingKind.RawTracepoint }
        ? "BTF tracepoint"
        : "BPF trampoline";

    private static string? Explain(Errno error, ulong cookie) => error switch
    {
        Errno.EINVAL when cookie != 0 =>
            "the kernel may not know cookies here: trampolines have them since 5.19, raw tracepoints since 6.10",
        Errno.ENOENT => "the kernel has no such tracepoint",
        Errno.ENOTSUPP => "the kernel cannot call programs there directly: arm64 can since 6.4",
        Errno.EBUSY => "another program is attached that does not share its place",
        _ => null,
    };

    private static string? ExplainReplacement(Errno error) => error switch
    {
        Errno.EINVAL => "the function differs from the one that the program was loaded for",
        Errno.EBUSY => "another program replaces the function already",
        _ => null,
    };
}
