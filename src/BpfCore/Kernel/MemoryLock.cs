using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// The limit of locked memory (<c>RLIMIT_MEMLOCK</c>), which BPF maps and programs count against before 5.11.
/// </summary>
internal static class MemoryLock
{
    private static readonly KernelVersion s_memoryCgroupAccounting = new(5, 11, 0);

    /// <summary>
    /// Raises the limit, on kernels that need it. A refusal is left to show at the map that does not fit.
    /// </summary>
    /// <param name="calls">The kernel.</param>
    /// <param name="features">What it can do.</param>
    /// <param name="version">Its version; null for that of the running kernel.</param>
    public static void RaiseWhereNeeded(SystemCalls calls, KernelFeatures features, KernelVersion? version = null)
    {
        // The probe itself may be refused, for want of a capability or by the limit: then the version has to do.
        bool isNeeded = features.Probe(KernelFeature.MemoryCgroupAccounting) switch
        {
            KernelFeatureState.Supported => false,
            KernelFeatureState.Unsupported => true,
            _ => (version ?? KernelVersion.Current) < s_memoryCgroupAccounting,
        };
        if (isNeeded)
        {
            Raise(calls);
        }
    }

    private static void Raise(SystemCalls calls)
    {
        (ulong soft, ulong hard) = calls.Limits.GetMemoryLock();
        if (soft == ResourceLimitSyscall.Unlimited)
        {
            return;
        }

        Errno error = calls.Limits.SetMemoryLock(ResourceLimitSyscall.Unlimited, ResourceLimitSyscall.Unlimited);
        if (error != Errno.None)
        {
            calls.Limits.SetMemoryLock(hard, hard); // without CAP_SYS_RESOURCE, as far as it goes
            calls.Observer?.OnFallback(new FallbackTaken(
                "limit of locked memory", "unlimited", $"{hard} bytes", error.Symbol()));
        }
    }
}
