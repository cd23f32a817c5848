using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program that runs at every hit of a perf event, and that event.</summary>
internal sealed class PerfEventAttachment : IDisposable
{
    private readonly SafeFdHandle _event;
    private readonly SafeFdHandle? _link;

    /// <summary>The link of the kernel, or null where the program is bound to the event itself.</summary>
    public SafeFdHandle? Link => _link;

    private PerfEventAttachment(SafeFdHandle perfEvent, SafeFdHandle? link)
    {
        _event = perfEvent;
        _link = link;
    }

    /// <summary>
    /// Attaches a program: by a link of its own where the kernel makes one (5.15), else to the descriptor.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="perfEvent">The event; owned by the result from now on, and closed when this fails.</param>
    /// <param name="target">What the event stands for, for messages.</param>
    /// <param name="cookie">What <c>bpf_get_attach_cookie</c> gives the program; 0 for none.</param>
    /// <exception cref="KernelFeatureException">A cookie is given and the kernel is older than 5.15.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static PerfEventAttachment Attach(
        BpfProgram program, SafeFdHandle perfEvent, AttachTarget target, ulong cookie = 0)
    {
        SafeFdHandle? link = null;
        try
        {
            link = Bind(program, perfEvent, target, cookie);
            Errno error = program.Calls.PerfEvents.Enable(perfEvent);
            return error == Errno.None
                ? new PerfEventAttachment(perfEvent, link)
                : throw program.Calls.Failure(PerfEventSyscall.EnableCall, $"{program} at {target}", error);
        }
        catch
        {
            link?.Dispose();
            perfEvent.Dispose();
            throw;
        }
    }

    // The link holds the event: it goes first, so that the event is gone once its own descriptor is closed.
    public void Dispose()
    {
        _link?.Dispose();
        _event.Dispose();
    }

    private static SafeFdHandle? Bind(
        BpfProgram program, SafeFdHandle perfEvent, AttachTarget target, ulong cookie)
    {
        SystemCalls calls = program.Calls;
        string subject = $"{program} at {target}";
        LinkRequest request = new(program.Handle, (uint)AttachType.PerfEvent)
        {
            Target = perfEvent,
            PerfEventCookie = cookie,
        };
        if (calls.Bpf.TryLinkCreate(request, out SafeFdHandle? link, out Errno linkError))
        {
            return link;
        }

        if (linkError != Errno.EINVAL)
        {
            throw calls.Failure(BpfCommand.LinkCreate.Call(), subject, linkError);
        }

        if (cookie != 0)
        {
            throw new KernelFeatureException(
                "cookies of perf events",
                $"{subject}: the kernel makes no links of perf events; it is older than 5.15");
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            subject, "BPF_LINK_CREATE", "PERF_EVENT_IOC_SET_BPF", linkError.Symbol()));
        Errno error = calls.PerfEvents.SetBpf(perfEvent, program.Handle);
        return error == Errno.None ? null : throw calls.Failure(PerfEventSyscall.SetBpfCall, subject, error);
    }
}
