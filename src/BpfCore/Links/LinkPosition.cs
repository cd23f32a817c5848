using BpfCore.Programs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>The place of a program among others at the same hook.</summary>
public sealed class LinkPosition
{
    private const uint BeforeFlag = 1 << 3; // BPF_F_BEFORE
    private const uint AfterFlag = 1 << 4; // BPF_F_AFTER
    private const uint LinkFlag = 1 << 13; // BPF_F_LINK

    private LinkPosition(uint flags, SafeFdHandle? relative = null)
    {
        Flags = flags;
        Relative = relative;
    }

    /// <summary>Before all others.</summary>
    public static LinkPosition First { get; } = new(BeforeFlag);

    /// <summary>Behind all others.</summary>
    public static LinkPosition Last { get; } = new(AfterFlag);

    internal uint Flags { get; }

    internal SafeFdHandle? Relative { get; }

    /// <summary>Directly before a program that is attached there.</summary>
    /// <param name="program">The program.</param>
    public static LinkPosition Before(BpfProgram program) => new(BeforeFlag, HandleOf(program));

    /// <summary>Directly behind a program that is attached there.</summary>
    /// <param name="program">The program.</param>
    public static LinkPosition After(BpfProgram program) => new(AfterFlag, HandleOf(program));

    /// <summary>Directly before the program of a link.</summary>
    /// <param name="link">The link.</param>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    public static LinkPosition Before(BpfLink link) => new(BeforeFlag | LinkFlag, HandleOf(link));

    /// <summary>Directly behind the program of a link.</summary>
    /// <param name="link">The link.</param>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    public static LinkPosition After(BpfLink link) => new(AfterFlag | LinkFlag, HandleOf(link));

    private static SafeFdHandle HandleOf(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Handle;
    }

    private static SafeFdHandle HandleOf(BpfLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.RequireKernelLink("named as a neighbour");
    }
}
