using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// Finds tracepoints, functions, hooks and iterators in the types of the running kernel and its modules, and functions
/// of loaded programs in theirs.
/// </summary>
internal sealed class AttachBtfResolver(SystemCalls calls, KernelBtfCache kernelTypes)
{
    /// <summary>The type for a program's target; the caller disposes it after the load.</summary>
    /// <exception cref="KernelFeatureException">The running kernel has nothing of this name.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no target, or it is a function of a program not given.
    /// </exception>
    public AttachBtf Resolve(ProgramSpec program) => program.Target switch
    {
        TracingTarget { Kind: TracingKind.Replacement } => throw new InvalidOperationException(
            $"{program}: its section does not say which program holds the function to replace; set "
            + $"{nameof(ProgramSpec)}.{nameof(ProgramSpec.Target)} to a {nameof(ProgramFunctionTarget)} first"),
        TracingTarget target => Resolve(target),
        ProgramFunctionTarget target => new AttachBtf(
            new ProgramBtf(target.Program).FindFunction(target.Function), Program: target.Program.Handle),
        null when program.Type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.Extension =>
            throw new InvalidOperationException(
                $"{program}: its section does not say what it is to be attached to, which the kernel has to know when "
                + $"it is loaded; set {nameof(ProgramSpec)}.{nameof(ProgramSpec.Target)}"),
        _ => default,
    };

    /// <summary>The kernel's structure of a program that implements one of its functions.</summary>
    public AttachBtf Resolve(StructOpsBinding function) => new(
        function.Type.Id.Value,
        function.Module is { } module ? ModuleBtfHandle.Open(calls, module.ShortName) : null);

    private AttachBtf Resolve(TracingTarget target)
    {
        (string name, BtfKind kind, string what) = Describe(target);
        if (kernelTypes.Vmlinux().TryFind(name, kind, out BtfType type))
        {
            return new AttachBtf(type.Id.Value);
        }

        foreach (string module in kernelTypes.ModuleNames())
        {
            if (kernelTypes.Module(module).TryFind(name, kind, out type))
            {
                return new AttachBtf(type.Id.Value, ModuleBtfHandle.Open(calls, module));
            }
        }

        throw new KernelFeatureException(
            target.ToString(), $"the types of the running kernel and its modules have no {what} of this name");
    }

    // Each TRACE_EVENT() declares a typedef for its probe's signature (include/trace/bpf_probe.h), each LSM hook and
    // each iterator a function of its own (kernel/bpf/bpf_lsm.c, include/linux/bpf.h).
    private static (string Name, BtfKind Kind, string What) Describe(TracingTarget target) => target.Kind switch
    {
        TracingKind.RawTracepoint => ("btf_trace_" + target.Name, BtfKind.Typedef, "tracepoint"),
        TracingKind.SecurityHook or TracingKind.CgroupSecurityHook =>
            ("bpf_lsm_" + target.Name, BtfKind.Function, "security hook"),
        TracingKind.Iterator => ("bpf_iter_" + target.Name, BtfKind.Function, "iterator"),
        _ => (target.Name, BtfKind.Function, "function"),
    };
}
