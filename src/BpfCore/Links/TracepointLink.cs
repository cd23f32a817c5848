using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at a tracepoint, by way of a perf event.</summary>
internal sealed class TracepointLink : BpfLink
{
    private readonly PerfEventAttachment _attachment;

    private TracepointLink(BpfProgram program, TracepointTarget target, PerfEventAttachment attachment)
        : base(program, target, "tracepoint")
    {
        _attachment = attachment;
    }

    public static TracepointLink Attach(BpfProgram program, TracepointTarget target)
    {
        ulong id = FindId(target);
        if (!program.Calls.PerfEvents.TryOpenTracepoint(
            id, ProbeAttacher.AnyCpu(), out SafeFdHandle? perfEvent, out Errno error))
        {
            throw program.Calls.Failure(PerfEventSyscall.OpenCall, $"{program} at {target}", error);
        }

        return new TracepointLink(program, target, PerfEventAttachment.Attach(program, perfEvent, target));
    }

    private static ulong FindId(TracepointTarget target)
    {
        Tracefs tracefs = Tracefs.Find() ?? throw new KernelFeatureException(target.ToString(), Tracefs.NotMounted);
        return tracefs.TryGetEventId(target.Category, target.Name, out ulong id)
            ? id
            : throw new KernelFeatureException(
                target.ToString(), $"{tracefs.MountPoint}/events has no such tracepoint, or it may not be read");
    }

    private protected override void Detach() => _attachment.Dispose();
}
