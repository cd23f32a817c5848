using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at its place in the kernel: it runs there until the link is disposed.</summary>
/// <remarks>
/// Whoever attaches owns the link. It does not need the <see cref="BpfProgram"/> any more, which may be disposed before
/// it. Disposing is safe to repeat, but not from two threads at once. A process that ends detaches everything but what
/// it pinned.
/// </remarks>
public abstract partial class BpfLink : IDisposable
{
    private protected BpfLink(SystemCalls calls, string programName, AttachTarget target, string way)
    {
        Calls = calls;
        ProgramName = programName;
        Target = target;
        Way = way;
    }

    private protected BpfLink(BpfProgram program, AttachTarget target, string way)
        : this(program.Calls, program.Name, target, way)
    {
    }

    /// <summary>Name of the attached program.</summary>
    public string ProgramName { get; private set; }

    /// <summary>Where it is attached.</summary>
    public AttachTarget Target { get; }

    /// <summary>How it was attached, for example <c>kprobe PMU</c>.</summary>
    public string Way { get; }

    private protected SystemCalls Calls { get; }

    /// <summary>Detaches the program. It no longer runs for events that begin afterwards.</summary>
    /// <remarks>A pinned link stays attached.</remarks>
    public void Dispose()
    {
        Detach();
        GC.SuppressFinalize(this);
    }

    /// <summary>Program, target and way.</summary>
    public override string ToString() => $"{ProgramName} at {Target} ({Way})";

    private protected abstract void Detach();

    internal static TLink Report<TLink>(BpfProgram program, TLink link)
        where TLink : BpfLink
    {
        try
        {
            program.Calls.Observer?.OnAttached(new ProgramAttached(program.Name, link.Target.ToString()!, link.Way));
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }
}
