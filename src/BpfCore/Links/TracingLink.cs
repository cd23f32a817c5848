using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at a typed tracepoint, or at the entry or exit of a kernel function. Its place is known since it
/// was loaded.</summary>
internal sealed class TracingLink : BpfLink
{
    private readonly SafeFdHandle _link;

    private TracingLink(BpfProgram program, TracingTarget target, string way, SafeFdHandle link)
        : base(program, target, way)
    {
        _link = link;
    }

    public static TracingLink Attach(BpfProgram program, TracingTarget target)
    {
        SystemCalls calls = program.Calls;
        string way = target.Kind == TracingKind.RawTracepoint ? "BTF tracepoint" : "BPF trampoline";

        // Kernels before 5.19 make these links through BPF_RAW_TRACEPOINT_OPEN only and answer EINVAL to the other.
        if (calls.Bpf.TryLinkCreate(
                program.Handle, target: null, (uint)program.ExpectedAttachType, out SafeFdHandle? link, out Errno error)
            || (error == Errno.EINVAL
                && calls.Bpf.TryRawTracepointOpen(program.Handle, name: null, out link, out error)))
        {
            return new TracingLink(program, target, way, link);
        }

        throw calls.Failure(BpfCommand.LinkCreate.Call(), $"{program} at {target}", error);
    }

    private protected override void Detach() => _link.Dispose();
}
