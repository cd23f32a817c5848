using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Attaches a program to the target that its section names.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="InvalidOperationException">Its section names no target, or one of an unknown kind.</exception>
    /// <exception cref="KernelFeatureException">The kernel has no such target or no way to attach to it.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink Attach(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return AttachToSection(program) ?? throw new InvalidOperationException(
            $"{program}: its section names nothing that it could be attached to; use a method that takes a target");
    }

    /// <summary>
    /// Attaches programs to the targets that their sections name, in the order given. Programs whose sections name none
    /// (<c>xdp</c>, <c>tc</c>, <c>cgroup/…</c>, <c>uprobe</c>) stay detached: <see cref="BpfLinkSet.LeftDetached"/>
    /// has them, and the observer is told.
    /// </summary>
    /// <param name="programs">The programs, for example all of an object.</param>
    /// <returns>The links; the caller owns them. When one cannot be made, none stays.</returns>
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
                if (AttachToSection(program) is BpfLink link)
                {
                    links.Add(link);
                    continue;
                }

                links.Leave(program);
                program.Calls.Observer?.OnLeftDetached(new ProgramLeftDetached(program.Name, program.SectionName));
            }

            return links;
        }
        catch
        {
            links.Dispose();
            throw;
        }
    }

    // What libbpf attaches by itself (SEC_DEF rows with an attach function); a cgroup's hook needs the cgroup.
    private static BpfLink? AttachToSection(BpfProgram program) => program.Target switch
    {
        KprobeTarget target => AttachKprobe(program, target),
        KprobeMultiTarget target => AttachKprobeMulti(program, target),
        SyscallTarget target => AttachSyscall(program, target),
        UprobeTarget target => AttachUprobe(program, target),
        UprobeSymbolTarget target => AttachUprobe(program, target),
        UprobeMultiTarget target => AttachUprobeMulti(program, target),
        UsdtTarget target => AttachUsdt(program, target),
        TracepointTarget target => AttachTracepoint(program, target),
        RawTracepointTarget target => AttachRawTracepoint(program, target),
        TracingTarget { Kind: TracingKind.CgroupSecurityHook } => null,
        TracingTarget { Kind: TracingKind.Iterator } => AttachIterator(program),
        TracingTarget or ProgramFunctionTarget => AttachTracing(program),
        _ => null,
    };
}
