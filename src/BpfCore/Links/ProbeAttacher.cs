using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Makes kprobes and uprobes and attaches programs to them: through the PMU, or through tracefs.</summary>
internal sealed class ProbeAttacher(SystemCalls calls, KernelFiles files)
{
    public ProbeAttacher(SystemCalls calls)
        : this(calls, KernelFiles.Host)
    {
    }

    /// <summary>
    /// The CPU for a perf event of all processes: its programs run on every CPU, but it has to be online.
    /// </summary>
    public static int AnyCpu() => CpuSet.Online().Ids[0];

    /// <summary>Attaches a program.</summary>
    /// <exception cref="KernelFeatureException">The kernel cannot make the probe in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public BpfLink Attach(BpfProgram program, in ProbeLocation location, KprobeAttachMode mode)
    {
        ProbePmu? pmu = mode == KprobeAttachMode.Tracefs ? null : ProbePmu.Find(files, location.Kind);
        if (pmu is ProbePmu found)
        {
            return AttachThroughPmu(program, location, found);
        }

        string missing = $"/{ProbePmu.DirectoryOf(location.Kind)} is missing";
        if (mode == KprobeAttachMode.Pmu)
        {
            throw new KernelFeatureException(
                $"{location.Word} PMU",
                $"{missing}; the kernel was built without {Option(location)} or is older than 4.17");
        }

        if (mode == KprobeAttachMode.Auto)
        {
            calls.Observer?.OnFallback(new FallbackTaken(
                location.Target.ToString()!, $"{location.Word} PMU", "tracefs", missing));
        }

        return AttachThroughTracefs(program, location, mode == KprobeAttachMode.Auto ? missing : null);
    }

    private ProbeLink AttachThroughPmu(BpfProgram program, in ProbeLocation location, ProbePmu pmu)
    {
        ProbeEventRequest request = new(
            pmu.Type, location.IsReturn ? pmu.ReturnProbeConfig : 0, location.Symbol, location.Offset);
        return calls.PerfEvents.TryOpenProbe(request, AnyCpu(), out SafeFdHandle? perfEvent, out Errno error)
            ? new ProbeLink(
                program,
                location,
                $"{location.Word} PMU",
                PerfEventAttachment.Attach(program, perfEvent, location.Target),
                made: null)
            : throw Failure(program, location, PerfEventSyscall.OpenCall, error);
    }

    private ProbeLink AttachThroughTracefs(BpfProgram program, in ProbeLocation location, string? missingPmu)
    {
        TracefsEvents events = OpenEvents(location, missingPmu);
        events.RemoveLeftovers();
        if (!events.TryCreate(
            location.TracefsText, location.ShortName, location.IsReturn, out TracefsEvent? made, out Errno error))
        {
            throw Failure(program, location, events.WriteCall, error);
        }

        try
        {
            return calls.PerfEvents.TryOpenTracepoint(made.Id, AnyCpu(), out SafeFdHandle? perfEvent, out error)
                ? new ProbeLink(
                    program,
                    location,
                    $"{location.Word} through tracefs",
                    PerfEventAttachment.Attach(program, perfEvent, location.Target),
                    made)
                : throw Failure(program, location, PerfEventSyscall.OpenCall, error);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private TracefsEvents OpenEvents(in ProbeLocation location, string? missingPmu)
    {
        string feature = missingPmu is null ? $"{location.Word} through tracefs" : location.Word;
        string before = missingPmu is null ? string.Empty : $"{missingPmu}, and ";
        Tracefs tracefs = Tracefs.Find(files)
            ?? throw new KernelFeatureException(feature, before + Tracefs.NotMounted);
        return tracefs.TryReadControl(location.Kind) is not null
            ? new TracefsEvents(calls, files, tracefs, location.Kind)
            : throw new KernelFeatureException(
                feature,
                $"{before}{tracefs.MountPoint}/{Tracefs.ControlFileOf(location.Kind)} is missing or may not be read; "
                + $"the kernel needs {Option(location)}");
    }

    private static string Option(in ProbeLocation location) =>
        location.Kind == TracefsEventKind.Kprobe ? "CONFIG_KPROBE_EVENTS" : "CONFIG_UPROBE_EVENTS";

    private SyscallException Failure(BpfProgram program, in ProbeLocation location, string call, Errno error)
    {
        string? hint = location.Kind == TracefsEventKind.Kprobe ? KprobeHint(error) : null;
        string subject = hint is null ? $"{program} at {location.Target}" : $"{program} at {location.Target}: {hint}";
        return calls.Failure(call, subject, error);
    }

    private static string? KprobeHint(Errno error) => error switch
    {
        Errno.ENOENT => "the kernel has no such function, or its compiler inlined it",
        Errno.EADDRNOTAVAIL => "several functions have this name, or the offset is not at an instruction",
        Errno.EINVAL => "the function must not be probed",
        _ => null,
    };
}
