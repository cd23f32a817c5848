using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>
/// Numbers of the calls that libc has no wrapper for (<c>arch/x86/entry/syscalls/syscall_64.tbl</c>,
/// <c>scripts/syscall.tbl</c> for arm64).
/// </summary>
internal static class SyscallNumbers
{
    /// <summary><c>__NR_bpf</c>.</summary>
    public static int Bpf { get; } = Select(x64: 321, arm64: 280);

    /// <summary><c>__NR_perf_event_open</c>.</summary>
    public static int PerfEventOpen { get; } = Select(x64: 298, arm64: 241);

    /// <summary><c>__NR_prlimit64</c>.</summary>
    public static int PrLimit64 { get; } = Select(x64: 302, arm64: 261);

    /// <summary><c>__NR_pidfd_open</c> (Linux 5.3).</summary>
    public static int OpenProcess { get; } = Select(x64: 434, arm64: 434);

    private static int Select(int x64, int arm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => x64,
        Architecture.Arm64 => arm64,
        Architecture other => throw new PlatformNotSupportedException(
            $"BpfCore knows the system calls of x64 and arm64, this process runs on {other}"),
    };
}
