using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>An attachment that is one link of the kernel and nothing else.</summary>
internal sealed class KernelLink : BpfLink
{
    private readonly SafeFdHandle _link;

    public KernelLink(BpfProgram program, AttachTarget target, string way, SafeFdHandle link)
        : base(program, target, way)
    {
        _link = link;
    }

    public KernelLink(SystemCalls calls, string programName, AttachTarget target, string way, SafeFdHandle link)
        : base(calls, programName, target, way)
    {
        _link = link;
    }

    private protected override SafeFdHandle KernelHandle => _link;

    /// <summary><c>BPF_LINK_CREATE</c>, or an exception that names program and target.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What the request attaches to, for messages.</param>
    /// <param name="way">How it is attached.</param>
    /// <param name="request">The request.</param>
    /// <param name="explain">
    /// Turns an errno into what is wrong and what to do, or null when it says nothing more.
    /// </param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static KernelLink Create(
        BpfProgram program,
        AttachTarget target,
        string way,
        in LinkRequest request,
        Func<Errno, string?>? explain = null) =>
        program.Calls.Bpf.TryLinkCreate(request, out SafeFdHandle? link, out Errno error)
            ? new KernelLink(program, target, way, link)
            : throw AttachFailure.Of(program, target, BpfCommand.LinkCreate.Call(), error, explain?.Invoke(error));

    private protected override void Detach() => _link.Dispose();
}
