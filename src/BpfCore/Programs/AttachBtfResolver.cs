using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>Finds tracepoints and functions in the types of the running kernel and its modules.</summary>
internal sealed class AttachBtfResolver(SystemCalls calls, KernelBtfCache kernelTypes)
{
    // TRACE_EVENT() declares a typedef of this name for the probe's signature (include/trace/bpf_probe.h).
    private const string TracepointPrefix = "btf_trace_";

    /// <summary>The type for a program's target; the caller disposes it after the load.</summary>
    /// <exception cref="KernelFeatureException">The running kernel has no such tracepoint or function.</exception>
    public AttachBtf Resolve(ProgramSpec program) =>
        program.Target is TracingTarget target ? Resolve(target) : default;

    private AttachBtf Resolve(TracingTarget target)
    {
        (string name, BtfKind kind) = target.Kind == TracingKind.RawTracepoint
            ? (TracepointPrefix + target.Name, BtfKind.Typedef)
            : (target.Name, BtfKind.Function);
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

        string what = target.Kind == TracingKind.RawTracepoint ? "tracepoint" : "function";
        throw new KernelFeatureException(
            target.ToString(), $"the types of the running kernel and its modules have no {what} of this name");
    }
}
