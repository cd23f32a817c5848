using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to tracepoints, by way of perf events.</summary>
internal static class TracepointAttacher
{
    public static BpfLink Attach(BpfProgram program, TracepointTarget target, ulong cookie)
    {
        ulong id = FindId(target);
        return program.Calls.PerfEvents.TryOpenTracepoint(
            id, ProbeAttacher.AnyCpu(), out SafeFdHandle? perfEvent, out Errno error)
            ? new ProbeLink(
                program, target, "tracepoint", PerfEventAttachment.Attach(program, perfEvent, target, cookie))
            : throw AttachFailure.Of(program, target, PerfEventSyscall.OpenCall, error);
    }

    private static ulong FindId(TracepointTarget target)
    {
        Tracefs tracefs = Tracefs.Find() ?? throw new KernelFeatureException(target.ToString(), Tracefs.NotMounted);
        return tracefs.TryGetEventId(target.Category, target.Name, out ulong id)
            ? id
            : throw new KernelFeatureException(
                target.ToString(), $"{tracefs.MountPoint}/events has no such tracepoint, or it may not be read");
    }
}
