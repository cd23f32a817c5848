using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Attaches a program of type <see cref="ProgramType.Kprobe"/> to a function of the kernel.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The function.</param>
    /// <param name="mode">How the kprobe is made.</param>
    /// <exception cref="KernelFeatureException">The kernel cannot make kprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as it has no such function.</exception>
    public static BpfLink AttachKprobe(
        BpfProgram program, KprobeTarget target, KprobeAttachMode mode = KprobeAttachMode.Auto) =>
        AttachKprobe(program, target, new ProbeOptions { Mode = mode });

    /// <summary>Attaches a program of type <see cref="ProgramType.Kprobe"/> to a function of the kernel.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The function.</param>
    /// <param name="options">How the kprobe is made, and what goes with it.</param>
    /// <exception cref="ArgumentException">The options ask for what a kprobe cannot have.</exception>
    /// <exception cref="KernelFeatureException">The kernel cannot make kprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as it has no such function.</exception>
    public static BpfLink AttachKprobe(BpfProgram program, KprobeTarget target, ProbeOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        options.CheckForKprobe(target.IsReturn);
        return Report(program, new ProbeAttacher(program.Calls).Attach(program, ProbeLocation.Of(target), options));
    }

    /// <summary>
    /// Why the kernel cannot make kprobes in a way, whatever the function: the exception that
    /// <see cref="AttachKprobe(BpfProgram, KprobeTarget, KprobeAttachMode)"/> would throw, or null when it can. Takes
    /// no program, so that none has to be loaded in vain.
    /// </summary>
    /// <param name="mode">How the kprobe is to be made.</param>
    public static KernelFeatureException? FindKprobeObstacle(KprobeAttachMode mode) =>
        ProbeAttacher.FindObstacle(KernelFiles.Host, TracefsEventKind.Kprobe, mode);

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.Kprobe"/> to the kernel function behind a system call,
    /// whatever its name is on this architecture.
    /// </summary>
    /// <param name="program">
    /// The program. Where the kernel wraps its system calls, it sees the wrapper's arguments.
    /// </param>
    /// <param name="target">The system call.</param>
    /// <param name="options">How the kprobe is made, and what goes with it; null for the defaults.</param>
    /// <exception cref="KernelFeatureException">The kernel cannot make kprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused; ENOENT when it has no such call.</exception>
    public static BpfLink AttachSyscall(BpfProgram program, SyscallTarget target, ProbeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new ProbeOptions();
        options.CheckForKprobe(target.IsReturn);
        return Report(program, new SyscallAttacher(program).Attach(target, options));
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
        BpfProgram program, UprobeTarget target, KprobeAttachMode mode = KprobeAttachMode.Auto) =>
        AttachUprobe(program, target, new ProbeOptions { Mode = mode });

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.Kprobe"/> to an instruction of a program file.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The file and offset.</param>
    /// <param name="options">How the uprobe is made, and what goes with it.</param>
    /// <exception cref="ArgumentException">The options ask for what a uprobe cannot have.</exception>
    /// <exception cref="KernelFeatureException">The kernel cannot make uprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as the file does not exist.</exception>
    public static BpfLink AttachUprobe(BpfProgram program, UprobeTarget target, ProbeOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        options.CheckForUprobe();
        return Report(program, new ProbeAttacher(program.Calls).Attach(program, ProbeLocation.Of(target), options));
    }

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.Kprobe"/> to a function of a program or library, found by its
    /// name in the file's symbols.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="target">The file and the function.</param>
    /// <param name="options">How the uprobe is made, and what goes with it; null for the defaults.</param>
    /// <exception cref="BpfFormatException">The file is no ELF file of this machine, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The file has no such function, or several of this name.</exception>
    /// <exception cref="KernelFeatureException">The kernel cannot make uprobes in that way.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachUprobe(BpfProgram program, UprobeSymbolTarget target, ProbeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new ProbeOptions();
        options.CheckForUprobe();
        UprobeTarget resolved = UprobeResolver.Resolve(target);
        ProbeLocation location = ProbeLocation.Of(resolved) with { Target = target };
        return Report(program, new ProbeAttacher(program.Calls).Attach(program, location, options));
    }

    /// <summary>Attaches a program to a probe that the author of a program or library put into it (USDT).</summary>
    /// <param name="program">
    /// The program, of type <see cref="ProgramType.Kprobe"/>. Its object has the maps of libbpf's <c>usdt.bpf.h</c>.
    /// </param>
    /// <param name="target">The probe; all places where it stands in the file are attached.</param>
    /// <param name="options">
    /// Cookie and process; null for none and all. Kernels before 5.15 need the process, unless the file is a program
    /// with fixed addresses.
    /// </param>
    /// <exception cref="BpfFormatException">The file is no ELF file of this machine, or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The file has no such probe, or the object not its maps.</exception>
    /// <exception cref="KernelFeatureException">
    /// The kernel lacks cookies (5.15), and no process is named; or it lacks reference counters (4.20).
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachUsdt(BpfProgram program, UsdtTarget target, ProbeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new ProbeOptions();
        options.CheckForUsdt();
        return Report(program, UsdtAttacher.Attach(program, target, options));
    }
}
