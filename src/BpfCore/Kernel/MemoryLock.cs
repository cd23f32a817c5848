using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// The limit of locked memory (<c>RLIMIT_MEMLOCK</c>), which BPF maps and programs count against before 5.11.
/// </summary>
internal static class MemoryLock
{
    /// <summary>
    /// Raises the limit, on kernels that need it. A refusal is left to show at the map that does not fit.
    /// </summary>
    public static void RaiseWhereNeeded(SystemCalls calls, KernelFeatures features)
    {
        if (features.Probe(KernelFeature.MemoryCgroupAccounting) == KernelFeatureState.Supported)
        {
            return;
        }

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
