using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

/// <summary><c>prlimit64(2)</c> on this process.</summary>
internal sealed unsafe class ResourceLimitSyscall(SyscallGate gate, SyscallReporter reporter)
{
    /// <summary><c>RLIM_INFINITY</c>.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    private const int MemoryLock = 8; // RLIMIT_MEMLOCK, include/uapi/asm-generic/resource.h

    /// <summary>The soft and the hard limit of locked memory, in bytes.</summary>
    /// <exception cref="SyscallException">The limit could not be read.</exception>
    public (ulong Soft, ulong Hard) GetMemoryLock()
    {
        rlimit64 limit = default; // SAFETY: on the stack for the duration of the call, with the kernel's layout
        long result = gate.ResourceLimit(MemoryLock, null, &limit);
        Report("read", limit, result);
        reporter.ThrowIfFailed("prlimit64(RLIMIT_MEMLOCK)", "limit of locked memory", result);
        return (limit.rlim_cur, limit.rlim_max);
    }

    /// <summary>Sets both limits of locked memory, in bytes. Fails with EPERM without CAP_SYS_RESOURCE.</summary>
    public Errno SetMemoryLock(ulong soft, ulong hard)
    {
        rlimit64 limit = new() { rlim_cur = soft, rlim_max = hard };
        long result = gate.ResourceLimit(MemoryLock, &limit, null);
        Report("set", limit, result);
        return result.ToErrno();
    }

    private void Report(string verb, in rlimit64 limit, long result)
    {
        if (reporter.IsWatched)
        {
            string text = $"{verb} rlim_cur={limit.rlim_cur} rlim_max={limit.rlim_max}";
            reporter.Returned("prlimit64(RLIMIT_MEMLOCK)", text, result);
        }
    }
}
