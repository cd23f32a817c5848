using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Attaches a program of type <see cref="ProgramType.Tracepoint"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The tracepoint.</param>
    /// <param name="cookie">What <c>bpf_get_attach_cookie</c> gives the program (5.15); 0 for none.</param>
    /// <exception cref="KernelFeatureException">tracefs is not mounted, or has no such tracepoint.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachTracepoint(BpfProgram program, TracepointTarget target, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, TracepointAttacher.Attach(program, target, cookie));
    }

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.RawTracepoint"/> or
    /// <see cref="ProgramType.RawTracepointWritable"/>.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The tracepoint.</param>
    /// <param name="cookie">What <c>bpf_get_attach_cookie</c> gives the program (6.10); 0 for none.</param>
    /// <exception cref="SyscallException">The kernel refused; ENOENT when it has no such tracepoint.</exception>
    public static BpfLink AttachRawTracepoint(BpfProgram program, RawTracepointTarget target, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, TracingAttacher.AttachRawTracepoint(program, target, cookie));
    }

    /// <summary>
    /// Attaches a program to what it was bound to when it was loaded: a typed tracepoint, a function, a security
    /// hook, a function of another program (<c>tp_btf</c>, <c>fentry</c>, <c>fexit</c>, <c>fmod_ret</c>, <c>lsm</c>,
    /// <c>freplace</c>).
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="cookie">
    /// What <c>bpf_get_attach_cookie</c> gives the program (5.19, tracepoints 6.10); 0 for none.
    /// </param>
    /// <exception cref="InvalidOperationException">The program was not bound to anything.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachTracing(BpfProgram program, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Report(program, TracingAttacher.Attach(program, cookie));
    }

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.Extension"/> to a function of the same signature in another
    /// program than the one that it was loaded for (5.10).
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The function.</param>
    /// <exception cref="InvalidOperationException">The other program has no such function.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachReplacement(BpfProgram program, ProgramFunctionTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, TracingAttacher.AttachReplacement(program, target));
    }

    /// <summary>Attaches a program to a counter on every CPU that is online.</summary>
    /// <param name="program">The program, of type <see cref="ProgramType.PerfEvent"/>.</param>
    /// <param name="target">Which counter, and how often it hits.</param>
    /// <param name="cookie">What <c>bpf_get_attach_cookie</c> gives the program (5.15); 0 for none.</param>
    /// <exception cref="SyscallException">
    /// The kernel refused, for example as the machine has no such counter.
    /// </exception>
    public static BpfLink AttachPerfEvent(BpfProgram program, PerfEventTarget target, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, PerfEventLink.Attach(program, target, cookie));
    }

    /// <summary>Attaches an iterator program over all objects of its kind.</summary>
    /// <param name="program">The program, of an <c>iter</c> section.</param>
    /// <returns>The iterator, which can be run and read any number of times.</returns>
    /// <exception cref="SyscallException">The kernel refused; EBADF for a kind that needs a map.</exception>
    public static BpfIterator AttachIterator(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Report(program, BpfIterator.Create(program));
    }

    /// <summary>Attaches an iterator program over the elements of a map.</summary>
    /// <param name="program">
    /// The program, of a section <c>iter/bpf_map_elem</c> or <c>iter/bpf_sk_storage_map</c>.
    /// </param>
    /// <param name="map">The map. Iterators keep it alive.</param>
    /// <exception cref="SyscallException">
    /// The kernel refused, for example a map whose elements are too small.
    /// </exception>
    public static BpfIterator AttachIterator(BpfProgram program, BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(map);
        return Report(program, BpfIterator.Create(program, map));
    }

    /// <summary>Attaches an iterator program over some tasks (6.1) or cgroups (6.1) only.</summary>
    /// <param name="program">
    /// The program, of a section <c>iter/task</c>, <c>iter/task_file</c>, <c>iter/cgroup</c>.
    /// </param>
    /// <param name="target">Which ones.</param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfIterator AttachIterator(BpfProgram program, IteratorTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, BpfIterator.Create(program, target));
    }
}
