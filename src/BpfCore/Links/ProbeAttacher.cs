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

    /// <summary>Why no probe of a kind can be made in a way, or null when one can.</summary>
    public static KernelFeatureException? FindObstacle(KernelFiles files, TracefsEventKind kind, KprobeAttachMode mode)
    {
        if (mode != KprobeAttachMode.Tracefs && ProbePmu.Find(files, kind) is not null)
        {
            return null;
        }

        return mode == KprobeAttachMode.Pmu
            ? NoPmu(kind)
            : FindTracefsObstacle(files, kind, mode == KprobeAttachMode.Auto ? MissingPmu(kind) : null, out _);
    }

    /// <summary>Attaches a program.</summary>
    /// <exception cref="KernelFeatureException">The kernel cannot make the probe in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public BpfLink Attach(BpfProgram program, in ProbeLocation location, ProbeOptions options)
    {
        KprobeAttachMode mode = options.MaximumActive == 0 ? options.Mode : KprobeAttachMode.Tracefs;
        ProbePmu? pmu = mode == KprobeAttachMode.Tracefs ? null : ProbePmu.Find(files, location.Kind);
        if (pmu is ProbePmu found)
        {
            return AttachThroughPmu(program, location, options, found);
        }

        string missing = MissingPmu(location.Kind);
        if (mode == KprobeAttachMode.Pmu)
        {
            throw NoPmu(location.Kind);
        }

        if (mode == KprobeAttachMode.Auto)
        {
            calls.Observer?.OnFallback(new FallbackTaken(
                location.Target.ToString()!, $"{location.Word} PMU", "tracefs", missing));
        }

        return AttachThroughTracefs(
            program, location, options, mode == KprobeAttachMode.Auto ? missing : null);
    }

    private ProbeLink AttachThroughPmu(
        BpfProgram program, in ProbeLocation location, ProbeOptions options, ProbePmu pmu)
    {
        string counterFormat = $"{ProbePmu.DirectoryOf(location.Kind)}/format/ref_ctr_offset";
        if (options.SemaphoreOffset != 0 && !files.Exists(counterFormat))
        {
            throw new KernelFeatureException(
                "semaphores of uprobes", $"/{counterFormat} is missing; the kernel is older than 4.20");
        }

        ulong config = location.IsReturn ? pmu.ReturnProbeConfig : 0;
        config |= ProbePmu.SemaphoreConfig(options.SemaphoreOffset);
        ProbeEventRequest request = new(pmu.Type, config, location.Symbol, location.Offset, options.ProcessId);
        return calls.PerfEvents.TryOpenProbe(request, AnyCpu(), out SafeFdHandle? perfEvent, out Errno error)
            ? new ProbeLink(
                program,
                location.Target,
                $"{location.Word} PMU",
                PerfEventAttachment.Attach(program, perfEvent, location.Target, options.Cookie))
            : throw Failure(program, location, PerfEventSyscall.OpenCall, error);
    }

    private ProbeLink AttachThroughTracefs(
        BpfProgram program, in ProbeLocation location, ProbeOptions options, string? missingPmu)
    {
        if (options.ProcessId != 0)
        {
            throw new KernelFeatureException(
                $"{location.Word} of one process", $"{missingPmu}, and tracefs probes all processes");
        }

        TracefsEvents events = OpenEvents(location, missingPmu);
        events.RemoveLeftovers();
        TracefsProbe probe = new(
            location.TracefsTextWith(options.SemaphoreOffset),
            location.ShortName,
            location.IsReturn,
            options.MaximumActive);
        if (!events.TryCreate(probe, out TracefsEvent? made, out Errno error))
        {
            throw Failure(program, location, events.WriteCall, error);
        }

        try
        {
            return calls.PerfEvents.TryOpenTracepoint(made.Id, AnyCpu(), out SafeFdHandle? perfEvent, out error)
                ? new ProbeLink(
                    program,
                    location.Target,
                    $"{location.Word} through tracefs",
                    PerfEventAttachment.Attach(program, perfEvent, location.Target, options.Cookie),
                    made)
                : throw Failure(program, location, PerfEventSyscall.OpenCall, error);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private TracefsEvents OpenEvents(in ProbeLocation location, string? missingPmu) =>
        FindTracefsObstacle(files, location.Kind, missingPmu, out Tracefs? tracefs) is { } obstacle
            ? throw obstacle
            : new TracefsEvents(calls, files, tracefs!, location.Kind);

    private static KernelFeatureException? FindTracefsObstacle(
        KernelFiles files, TracefsEventKind kind, string? missingPmu, out Tracefs? tracefs)
    {
        string feature = missingPmu is null ? $"{kind.Word()} through tracefs" : kind.Word();
        string before = missingPmu is null ? string.Empty : $"{missingPmu}, and ";
        tracefs = Tracefs.Find(files);
        if (tracefs is null)
        {
            return new KernelFeatureException(feature, before + Tracefs.NotMounted);
        }

        return tracefs.TryReadControl(kind) is not null
            ? null
            : new KernelFeatureException(feature, before + WhyUnreadable(files, tracefs, kind));
    }

    // Under lockdown the files are there, and nobody may open them (fs/tracefs/inode.c).
    private static string WhyUnreadable(KernelFiles files, Tracefs tracefs, TracefsEventKind kind)
    {
        string control = $"{tracefs.MountPoint}/{Tracefs.ControlFileOf(kind)}";
        if (!files.Exists(control))
        {
            return $"{control} is missing; the kernel needs {Option(kind)}";
        }

        return Lockdown.Of(files) == LockdownMode.Confidentiality
            ? $"{control} may not be read: {Lockdown.Explanation}"
            : $"{control} may not be read";
    }

    private static string MissingPmu(TracefsEventKind kind) => $"/{ProbePmu.DirectoryOf(kind)} is missing";

    private static KernelFeatureException NoPmu(TracefsEventKind kind) => new(
        $"{kind.Word()} PMU",
        $"{MissingPmu(kind)}; the kernel was built without {Option(kind)} or is older than 4.17");

    private static string Option(TracefsEventKind kind) =>
        kind == TracefsEventKind.Kprobe ? "CONFIG_KPROBE_EVENTS" : "CONFIG_UPROBE_EVENTS";

    private static SyscallException Failure(BpfProgram program, in ProbeLocation location, string call, Errno error)
    {
        string? hint = location.Kind == TracefsEventKind.Kprobe ? KprobeHint(error) : UprobeHint(error);
        return AttachFailure.Of(program, location.Target, call, error, hint);
    }

    private static string? KprobeHint(Errno error) => error switch
    {
        Errno.ENOENT => "the kernel has no such function, or its compiler inlined it",
        Errno.EADDRNOTAVAIL => "several functions have this name, or the offset is not at an instruction",
        Errno.EINVAL => "the function must not be probed",
        _ => null,
    };

    private static string? UprobeHint(Errno error) => error switch
    {
        Errno.ENOENT => "there is no such file",
        Errno.ESRCH => "there is no such process",
        Errno.EINVAL => "the offset lies past the end of the file or outside its code",
        Errno.EIO => "the file cannot be mapped, or its file system cannot be probed",
        Errno.EOPNOTSUPP => "the instruction cannot be probed",
        _ => null,
    };
}
