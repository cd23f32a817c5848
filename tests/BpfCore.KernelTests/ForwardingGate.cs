using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.KernelTests;

/// <summary>The running kernel; a test overrides what it is to do otherwise.</summary>
internal unsafe class ForwardingGate : SyscallGate
{
    private static readonly LinuxSyscallGate s_kernel = LinuxSyscallGate.Instance;

    public override long Bpf(BpfCommand command, void* attributes, uint size) =>
        s_kernel.Bpf(command, attributes, size);

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags) =>
        s_kernel.PerfEventOpen(attributes, pid, cpu, groupFd, flags);

    public override long IoControl(int fd, uint request, ulong argument) => s_kernel.IoControl(fd, request, argument);

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset) =>
        s_kernel.MapMemory(length, protection, sharing, fd, offset);

    public override long MapMemoryAt(void* address, nuint length, int fd) => s_kernel.MapMemoryAt(address, length, fd);

    public override long UnmapMemory(void* address, nuint length) => s_kernel.UnmapMemory(address, length);

    public override long EpollCreate() => s_kernel.EpollCreate();

    public override long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data) =>
        s_kernel.EpollAdd(epollFd, fd, interest, data);

    public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds) =>
        s_kernel.EpollWait(epollFd, ready, timeoutMilliseconds);

    public override long EventFd() => s_kernel.EventFd();

    public override long TimerCreate() => s_kernel.TimerCreate();

    public override long TimerSet(int fd, TimeSpan interval) => s_kernel.TimerSet(fd, interval);

    public override long Open(byte* path, FileAccessMode mode) => s_kernel.Open(path, mode);

    public override long OpenProcess(int processId) => s_kernel.OpenProcess(processId);

    public override long NetlinkSocket() => s_kernel.NetlinkSocket();

    public override long SetSocketOption(int fd, int level, int option, int value) =>
        s_kernel.SetSocketOption(fd, level, option, value);

    public override long Read(int fd, void* buffer, nuint count) => s_kernel.Read(fd, buffer, count);

    public override long Write(int fd, void* buffer, nuint count) => s_kernel.Write(fd, buffer, count);

    public override long Close(int fd) => s_kernel.Close(fd);

    public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit) =>
        s_kernel.ResourceLimit(resource, newLimit, oldLimit);
}
