using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

/// <summary>
/// The one seam between this library and the kernel: one method per raw call, nothing decided here. A result below
/// zero is a negated errno. Tests put a fake kernel behind it.
/// </summary>
/// <remarks>Retries, handles and exceptions belong to the typed layer above (<see cref="SystemCalls"/>).</remarks>
internal abstract unsafe class SyscallGate
{
    /// <summary><c>bpf(2)</c>.</summary>
    public abstract long Bpf(BpfCommand command, void* attributes, uint size);

    /// <summary><c>perf_event_open(2)</c>.</summary>
    public abstract long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags);

    /// <summary><c>ioctl(2)</c> with an integer or an address as its argument.</summary>
    public abstract long IoControl(int fd, uint request, ulong argument);

    /// <summary><c>mmap(2)</c> at an address of the kernel's choice.</summary>
    public abstract long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset);

    /// <summary>
    /// <c>mmap(2)</c> at an address that must be free (<c>MAP_FIXED_NOREPLACE</c>), shared, readable and writable.
    /// </summary>
    public abstract long MapMemoryAt(void* address, nuint length, int fd);

    /// <summary><c>munmap(2)</c>.</summary>
    public abstract long UnmapMemory(void* address, nuint length);

    /// <summary><c>epoll_create1(2)</c> with <c>EPOLL_CLOEXEC</c>.</summary>
    public abstract long EpollCreate();

    /// <summary><c>epoll_ctl(2)</c> with <c>EPOLL_CTL_ADD</c>.</summary>
    public abstract long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data);

    /// <summary><c>epoll_wait(2)</c>; writes the data of the ready descriptors to <paramref name="ready"/>.</summary>
    public abstract long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds);

    /// <summary><c>eventfd(2)</c> with <c>EFD_CLOEXEC | EFD_NONBLOCK</c>, counting from zero.</summary>
    public abstract long EventFd();

    /// <summary>
    /// <c>timerfd_create(2)</c> of CLOCK_MONOTONIC with <c>TFD_CLOEXEC | TFD_NONBLOCK</c>, not running.
    /// </summary>
    public abstract long TimerCreate();

    /// <summary>
    /// <c>timerfd_settime(2)</c>: runs out after an interval, and after each further one; never for zero.
    /// </summary>
    public abstract long TimerSet(int fd, TimeSpan interval);

    /// <summary><c>open(2)</c> of a NUL-terminated path, with <c>O_CLOEXEC</c>.</summary>
    public abstract long Open(byte* path, FileAccessMode mode);

    /// <summary><c>pidfd_open(2)</c>, always with close-on-exec.</summary>
    public abstract long OpenProcess(int processId);

    /// <summary><c>socket(2)</c> to the kernel's routing tables: <c>NETLINK_ROUTE</c>, with close-on-exec.</summary>
    public abstract long NetlinkSocket();

    /// <summary><c>setsockopt(2)</c> of an option that is a number.</summary>
    public abstract long SetSocketOption(int fd, int level, int option, int value);

    /// <summary><c>read(2)</c>.</summary>
    public abstract long Read(int fd, void* buffer, nuint count);

    /// <summary><c>write(2)</c>.</summary>
    public abstract long Write(int fd, void* buffer, nuint count);

    /// <summary><c>close(2)</c>.</summary>
    public abstract long Close(int fd);

    /// <summary><c>prlimit64(2)</c> on this process; null leaves a limit unset or unread.</summary>
    public abstract long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit);
}
