using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at its place in the kernel: it runs there until the link is disposed.</summary>
/// <remarks>
/// Whoever attaches owns the link. It does not need the <see cref="BpfProgram"/> any more, which may be disposed before
/// it. Disposing is safe to repeat, but not from two threads at once. A process that ends detaches everything.
/// </remarks>
public abstract class BpfLink : IDisposable
{
    private protected BpfLink(BpfProgram program, AttachTarget target, string way)
    {
        ProgramName = program.Name;
        Target = target;
        Way = way;
    }

    /// <summary>Name of the attached program.</summary>
    public string ProgramName { get; }

    /// <summary>Where it is attached.</summary>
    public AttachTarget Target { get; }

    /// <summary>How it was attached, for example <c>kprobe PMU</c>.</summary>
    public string Way { get; }

    /// <summary>Attaches a program to the target that its section names.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="InvalidOperationException">Its section names no target, or one of an unknown kind.</exception>
    /// <exception cref="KernelFeatureException">The kernel has no such target or no way to attach to it.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink Attach(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Target switch
        {
            KprobeTarget target => AttachKprobe(program, target),
            UprobeTarget target => AttachUprobe(program, target),
            TracepointTarget target => AttachTracepoint(program, target),
            RawTracepointTarget target => AttachRawTracepoint(program, target),
            TracingTarget target => Report(program, TracingLink.Attach(program, target)),
            _ => throw new InvalidOperationException(
                $"{program}: its section names nothing that it could be attached to; use a method that takes a target"),
        };
    }

    /// <summary>Attaches programs to the targets that their sections name, in the order given.</summary>
    /// <param name="programs">The programs, for example all of an object.</param>
    /// <returns>The links; the caller owns them. When one cannot be made, none stays.</returns>
    /// <exception cref="InvalidOperationException">A section names no target, or one of an unknown kind.</exception>
    /// <exception cref="KernelFeatureException">The kernel lacks a target or a way to attach to it.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLinkSet AttachAll(IEnumerable<BpfProgram> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        BpfLinkSet links = new();
        try
        {
            foreach (BpfProgram program in programs)
            {
                links.Add(Attach(program));
            }

            return links;
        }
        catch
        {
            links.Dispose();
            throw;
        }
    }

    /// <summary>Attaches a program of type <see cref="ProgramType.Kprobe"/> to a function of the kernel.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The function.</param>
    /// <param name="mode">How the kprobe is made.</param>
    /// <exception cref="KernelFeatureException">The kernel cannot make kprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as it has no such function.</exception>
    public static BpfLink AttachKprobe(
        BpfProgram program, KprobeTarget target, KprobeAttachMode mode = KprobeAttachMode.Auto)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, new ProbeAttacher(program.Calls).Attach(program, ProbeLocation.Of(target), mode));
    }

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.Kprobe"/> to an instruction of a program file.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The file and offset.</param>
    /// <param name="mode">How the uprobe is made.</param>
    /// <exception cref="KernelFeatureException">The kernel cannot make uprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as the file does not exist.</exception>
    public static BpfLink AttachUprobe(
        BpfProgram program, UprobeTarget target, KprobeAttachMode mode = KprobeAttachMode.Auto)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, new ProbeAttacher(program.Calls).Attach(program, ProbeLocation.Of(target), mode));
    }

    /// <summary>Attaches a program of type <see cref="ProgramType.Tracepoint"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The tracepoint.</param>
    /// <exception cref="KernelFeatureException">tracefs is not mounted, or has no such tracepoint.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachTracepoint(BpfProgram program, TracepointTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, TracepointLink.Attach(program, target));
    }

    /// <summary>Attaches a program of type <see cref="ProgramType.RawTracepoint"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The tracepoint.</param>
    /// <exception cref="SyscallException">The kernel refused; ENOENT when it has no such tracepoint.</exception>
    public static BpfLink AttachRawTracepoint(BpfProgram program, RawTracepointTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, RawTracepointLink.Attach(program, target));
    }

    /// <summary>Detaches the program. It no longer runs for events that begin afterwards.</summary>
    public void Dispose()
    {
        Detach();
        GC.SuppressFinalize(this);
    }

    /// <summary>Program, target and way.</summary>
    public override string ToString() => $"{ProgramName} at {Target} ({Way})";

    private protected abstract void Detach();

    private static BpfLink Report(BpfProgram program, BpfLink link)
    {
        try
        {
            SystemCalls calls = program.Calls;
            calls.Observer?.OnAttached(new ProgramAttached(program.Name, link.Target.ToString()!, link.Way));
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }
}
