using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>
/// Numbers of the system calls (<c>arch/x86/entry/syscalls/syscall_64.tbl</c>, <c>scripts/syscall.tbl</c> for arm64).
/// </summary>
internal static class SyscallNumbers
{
    /// <summary><c>__NR_bpf</c>.</summary>
    public static int Bpf { get; } = Select(x64: 321, arm64: 280);

    /// <summary><c>__NR_close</c>.</summary>
    public static int Close { get; } = Select(x64: 3, arm64: 57);

    /// <summary><c>__NR_epoll_ctl</c>.</summary>
    public static int EpollControl { get; } = Select(x64: 233, arm64: 21);

    /// <summary><c>__NR_epoll_create1</c>.</summary>
    public static int EpollCreate { get; } = Select(x64: 291, arm64: 20);

    /// <summary>
    /// <c>__NR_epoll_wait</c>; on arm64, which lacks it, <c>__NR_epoll_pwait</c>, which waits alike without a mask of
    /// signals.
    /// </summary>
    public static int EpollWait { get; } = Select(x64: 232, arm64: 22);

    /// <summary><c>__NR_eventfd2</c>.</summary>
    public static int EventFd { get; } = Select(x64: 290, arm64: 19);

    /// <summary><c>__NR_ioctl</c>.</summary>
    public static int IoControl { get; } = Select(x64: 16, arm64: 29);

    /// <summary><c>__NR_mmap</c>.</summary>
    public static int MapMemory { get; } = Select(x64: 9, arm64: 222);

    /// <summary><c>__NR_openat</c>.</summary>
    public static int Open { get; } = Select(x64: 257, arm64: 56);

    /// <summary><c>__NR_pidfd_open</c> (Linux 5.3).</summary>
    public static int OpenProcess { get; } = Select(x64: 434, arm64: 434);

    /// <summary><c>__NR_perf_event_open</c>.</summary>
    public static int PerfEventOpen { get; } = Select(x64: 298, arm64: 241);

    /// <summary><c>__NR_prlimit64</c>.</summary>
    public static int PrLimit64 { get; } = Select(x64: 302, arm64: 261);

    /// <summary><c>__NR_read</c>.</summary>
    public static int Read { get; } = Select(x64: 0, arm64: 63);

    /// <summary><c>__NR_setsockopt</c>.</summary>
    public static int SetSocketOption { get; } = Select(x64: 54, arm64: 208);

    /// <summary><c>__NR_socket</c>.</summary>
    public static int Socket { get; } = Select(x64: 41, arm64: 198);

    /// <summary><c>__NR_timerfd_create</c>.</summary>
    public static int TimerCreate { get; } = Select(x64: 283, arm64: 85);

    /// <summary><c>__NR_timerfd_settime</c>.</summary>
    public static int TimerSet { get; } = Select(x64: 286, arm64: 86);

    /// <summary><c>__NR_munmap</c>.</summary>
    public static int UnmapMemory { get; } = Select(x64: 11, arm64: 215);

    /// <summary><c>__NR_write</c>.</summary>
    public static int Write { get; } = Select(x64: 1, arm64: 64);

    private static int Select(int x64, int arm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => x64,
        Architecture.Arm64 => arm64,
        Architecture other => throw new PlatformNotSupportedException(
            $"BpfCore knows the system calls of x64 and arm64, this process runs on {other}"),
    };
}
