using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Syscalls.Abi;
using Tmds.Linux;

namespace BpfCore.Syscalls;

/// <summary>The gate to the running kernel, through libc's <c>syscall(2)</c>.</summary>
/// <remarks>
/// One function for all calls: the runtime makes the way into each libc function while the program runs, also where
/// all other code was compiled before, and this way a start pays for it once.
/// </remarks>
internal sealed unsafe class LinuxSyscallGate : SyscallGate
{
    private const int ReadyBatch = 64;

    private LinuxSyscallGate()
    {
    }

    public static LinuxSyscallGate Instance { get; } = new();

    // SAFETY: all methods hand the caller's pointers and lengths to the kernel unchanged; the typed layer pins them
    // for the duration of the call.
    public override long Bpf(BpfCommand command, void* attributes, uint size) =>
        Call(SyscallNumbers.Bpf, (int)command, attributes, size);

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags) =>
        Call(SyscallNumbers.PerfEventOpen, attributes, pid, cpu, groupFd, (void*)flags);

    public override long IoControl(int fd, uint request, ulong argument) =>
        Call(SyscallNumbers.IoControl, fd, request, (void*)argument);

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
    {
        int access = protection == MemoryProtection.Read ? LibC.PROT_READ : LibC.PROT_READ | LibC.PROT_WRITE;
        int flags = sharing == MemorySharing.Shared ? LibC.MAP_SHARED : LibC.MAP_PRIVATE;
        return Call(SyscallNumbers.MapMemory, null, (void*)length, access, flags, fd, (void*)offset);
    }

    public override long MapMemoryAt(void* address, nuint length, int fd)
    {
        const int FixedNoReplace = 0x100000; // include/uapi/asm-generic/mman-common.h
        int access = LibC.PROT_READ | LibC.PROT_WRITE;
        int flags = LibC.MAP_SHARED | FixedNoReplace;
        return Call(SyscallNumbers.MapMemory, address, (void*)length, access, flags, fd);
    }

    public override long UnmapMemory(void* address, nuint length) =>
        Call(SyscallNumbers.UnmapMemory, address, (void*)length);

    public override long EpollCreate() => Call(SyscallNumbers.EpollCreate, LibC.EPOLL_CLOEXEC);

    public override long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data)
    {
        epoll_event watched = default;
        watched.events = interest switch
        {
            EpollInterest.Readable => LibC.EPOLLIN,
            EpollInterest.WritableOnce => LibC.EPOLLOUT | unchecked((int)LibC.EPOLLET),
            _ => 0,
        };
        watched.data.u64 = data;
        return Call(SyscallNumbers.EpollControl, epollFd, LibC.EPOLL_CTL_ADD, fd, &watched);
    }

    [SkipLocalsInit] // three quarters of a KiB; what the kernel wrote is read, and no more
    public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds)
    {
        Unsafe.SkipInit(out ReadyEvents events);
        epoll_event* first = (epoll_event*)&events; // SAFETY: a local, with room for as many as the kernel is told
        int capacity = Math.Min(ready.Length, ReadyBatch);
        int count = EpollNative.epoll_wait(epollFd, first, capacity, timeoutMilliseconds);
        if (count < 0)
        {
            return -Marshal.GetLastSystemError();
        }

        for (int i = 0; i < count; i++)
        {
            ready[i] = first[i].data.u64;
        }

        return count;
    }

    public override long EventFd() => Call(SyscallNumbers.EventFd, 0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);

    public override long TimerCreate()
    {
        const int Monotonic = 1; // CLOCK_MONOTONIC, include/uapi/linux/time.h
        return Call(SyscallNumbers.TimerCreate, Monotonic, LibC.O_CLOEXEC | LibC.O_NONBLOCK); // TFD_ has the same bits
    }

    public override long TimerSet(int fd, TimeSpan interval)
    {
        timespec time = default;
        (time.tv_sec, long rest) = Math.DivRem(interval.Ticks, TimeSpan.TicksPerSecond);
        time.tv_nsec = (long_t)(rest * TimeSpan.NanosecondsPerTick);
        timespec* both = stackalloc timespec[] { time, time }; // struct itimerspec: it_interval, then it_value
        return Call(SyscallNumbers.TimerSet, fd, 0, both);
    }

    public override long Open(byte* path, FileAccessMode mode)
    {
        int flags = mode == FileAccessMode.Read ? LibC.O_RDONLY : LibC.O_WRONLY | LibC.O_APPEND;
        return Call(SyscallNumbers.Open, LibC.AT_FDCWD, path, flags | LibC.O_CLOEXEC);
    }

    public override long OpenProcess(int processId) => Call(SyscallNumbers.OpenProcess, processId);

    public override long NetlinkSocket()
    {
        const int Route = 0; // NETLINK_ROUTE
        return Call(SyscallNumbers.Socket, (int)LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, Route);
    }

    public override long SetSocketOption(int fd, int level, int option, int value) =>
        Call(SyscallNumbers.SetSocketOption, fd, level, option, &value, sizeof(int));

    public override long Read(int fd, void* buffer, nuint count) =>
        Call(SyscallNumbers.Read, fd, buffer, (void*)count);

    public override long Write(int fd, void* buffer, nuint count) =>
        Call(SyscallNumbers.Write, fd, buffer, (void*)count);

    public override long Close(int fd) => Call(SyscallNumbers.Close, fd);

    public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit) =>
        Call(SyscallNumbers.PrLimit64, 0, resource, newLimit, oldLimit);

    // libc sets errno on failure only, and nothing runs between the call and the look at it.
    private static long Call(
        int number,
        syscall_arg first,
        syscall_arg second = default,
        syscall_arg third = default,
        syscall_arg fourth = default,
        syscall_arg fifth = default,
        syscall_arg sixth = default)
    {
        ssize_t result = LibC.syscall(number, first, second, third, fourth, fifth, sixth);
        return result == -1 ? -LibC.errno : (long)result;
    }

    // Not stackalloc: that is guarded by a cookie, which a wake-up would find cold.
    [InlineArray(ReadyBatch)]
    private struct ReadyEvents
    {
        private epoll_event _first;
    }
}
