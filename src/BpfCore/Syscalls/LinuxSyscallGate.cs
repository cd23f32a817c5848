using BpfCore.Syscalls.Abi;
using Tmds.Linux;

namespace BpfCore.Syscalls;

/// <summary>The gate to the running kernel, through libc.</summary>
internal sealed unsafe class LinuxSyscallGate : SyscallGate
{
    private const int ReadyBatch = 64;

    private LinuxSyscallGate()
    {
    }

    public static LinuxSyscallGate Instance { get; } = new();

    // SAFETY: all methods hand the caller's pointers and lengths to the kernel unchanged; the typed layer pins them
    // for the duration of the call. libc sets errno on failure only, and Result reads it before anything else runs.
    public override long Bpf(BpfCommand command, void* attributes, uint size) =>
        Result(LibC.syscall(SyscallNumbers.Bpf, (int)command, attributes, size));

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags) =>
        Result(LibC.syscall(SyscallNumbers.PerfEventOpen, attributes, pid, cpu, groupFd, (size_t)flags));

    public override long IoControl(int fd, uint request, ulong argument) =>
        Result(LibC.ioctl(fd, unchecked((int)request), (void*)argument));

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
    {
        int access = protection == MemoryProtection.Read ? LibC.PROT_READ : LibC.PROT_READ | LibC.PROT_WRITE;
        int flags = sharing == MemorySharing.Shared ? LibC.MAP_SHARED : LibC.MAP_PRIVATE;
        void* address = LibC.mmap(null, (size_t)(ulong)length, access, flags, fd, offset);
        return address == LibC.MAP_FAILED ? -LibC.errno : (long)address;
    }

    public override long MapMemoryAt(void* address, nuint length, int fd)
    {
        const int FixedNoReplace = 0x100000; // include/uapi/asm-generic/mman-common.h
        int flags = LibC.MAP_SHARED | FixedNoReplace;
        void* mapped = LibC.mmap(address, (size_t)(ulong)length, LibC.PROT_READ | LibC.PROT_WRITE, flags, fd, 0);
        return mapped == LibC.MAP_FAILED ? -LibC.errno : (long)mapped;
    }

    public override long UnmapMemory(void* address, nuint length) =>
        Result(LibC.munmap(address, (size_t)(ulong)length));

    public override long EpollCreate() => Result(LibC.epoll_create1(LibC.EPOLL_CLOEXEC));

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
        return Result(LibC.epoll_ctl(epollFd, LibC.EPOLL_CTL_ADD, fd, &watched));
    }

    public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds)
    {
        epoll_event* events = stackalloc epoll_event[ReadyBatch];
        int capacity = Math.Min(ready.Length, ReadyBatch);
        long count = Result(LibC.epoll_wait(epollFd, events, capacity, timeoutMilliseconds));
        for (int i = 0; i < count; i++)
        {
            ready[i] = events[i].data.u64;
        }

        return count;
    }

    public override long EventFd() => Result(LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK));

    public override long Open(byte* path, FileAccessMode mode)
    {
        int flags = mode == FileAccessMode.Read ? LibC.O_RDONLY : LibC.O_WRONLY | LibC.O_APPEND;
        return Result(LibC.open(path, flags | LibC.O_CLOEXEC, default));
    }

    public override long OpenProcess(int processId) =>
        Result(LibC.syscall(SyscallNumbers.OpenProcess, processId, 0));

    public override long NetlinkSocket()
    {
        const int Route = 0; // NETLINK_ROUTE
        return Result(LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, Route));
    }

    public override long SetSocketOption(int fd, int level, int option, int value) =>
        Result(LibC.setsockopt(fd, level, option, &value, sizeof(int)));

    public override long Read(int fd, void* buffer, nuint count) => Result(LibC.read(fd, buffer, (size_t)(ulong)count));

    public override long Write(int fd, void* buffer, nuint count) =>
        Result(LibC.write(fd, buffer, (size_t)(ulong)count));

    public override long Close(int fd) => Result(LibC.close(fd));

    public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit) =>
        Result(LibC.syscall(SyscallNumbers.PrLimit64, 0, resource, newLimit, oldLimit));

    private static long Result(ssize_t result) => result == -1 ? -LibC.errno : (long)result;
}
