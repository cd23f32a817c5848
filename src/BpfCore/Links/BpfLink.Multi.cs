using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Attaches a program to all kernel functions whose names match a pattern, with one link (5.18).</summary>
    /// <param name="program">The program, of a <c>kprobe.multi</c> or <c>kprobe.session</c> section.</param>
    /// <param name="target">The pattern.</param>
    /// <exception cref="InvalidOperationException">No function matches.</exception>
    /// <exception cref="KernelFeatureException">The names of functions cannot be read.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachKprobeMulti(BpfProgram program, KprobeMultiTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, KprobeMultiAttacher.Attach(program, target));
    }

    /// <summary>Attaches a program to many kernel functions with one link (5.18): all of them, or none.</summary>
    /// <param name="program">The program, of a <c>kprobe.multi</c> or <c>kprobe.session</c> section.</param>
    /// <param name="target">Names or addresses of the functions.</param>
    /// <exception cref="ArgumentException">Names and addresses are given, or neither, or other than one cookie each.
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused; ESRCH when it has not all of them.</exception>
    public static BpfLink AttachKprobeMulti(BpfProgram program, KprobeSetTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, KprobeMultiAttacher.Attach(program, target));
    }

    /// <summary>
    /// Attaches a program to all functions of a program or library whose names match a pattern, with one link (6.6).
    /// </summary>
    /// <param name="program">The program, of a <c>uprobe.multi</c> or <c>uprobe.session</c> section.</param>
    /// <param name="target">The file and the pattern.</param>
    /// <exception cref="BpfFormatException">The file is no ELF file of this machine, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">No function matches.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachUprobeMulti(BpfProgram program, UprobeMultiTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, UprobeMultiAttacher.Attach(program, target));
    }

    /// <summary>Attaches a program to many places of a program or library with one link (6.6).</summary>
    /// <param name="program">The program, of a <c>uprobe.multi</c> or <c>uprobe.session</c> section.</param>
    /// <param name="target">Symbols or offsets.</param>
    /// <exception cref="ArgumentException">Symbols and offsets are given, or neither, or other than one cookie each.
    /// </exception>
    /// <exception cref="BpfFormatException">The file is no ELF file of this machine, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The file has not all of the symbols.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachUprobeMulti(BpfProgram program, UprobeSetTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, UprobeMultiAttacher.Attach(program, target));
    }
}
