using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.KernelTests.Kernel;

public class KernelBtfLiveTests
{
    [Fact]
    public void Vmlinux_MappedOrRead_HoldsTheSameBytes()
    {
        RefusingGate refusing = new();
        KernelBtfCache reading = new(KernelFiles.Host, new SystemCalls(refusing, observer: null));
        BtfFile read = reading.Vmlinux();
        BtfFile kept = KernelBtf.Vmlinux();

        Assert.True(refusing.WasAsked);
        Assert.Equal("read", reading.Fallback?.To);
        Assert.True(read.Data.Span.SequenceEqual(kept.Data.Span));
        Assert.Equal(read.TypeCount, kept.TypeCount);
        Assert.True(kept.TryFind("task_struct", BtfKind.Struct, out _));
    }

    [Fact]
    public void Vmlinux_KernelThatMapsIt_IsMapped()
    {
        if (KernelVersion.Current < new KernelVersion(6, 16, 0))
        {
            Assert.Skip($"the kernel is {KernelVersion.Current}; BTF can be mapped since 6.16");
        }

        _ = KernelBtf.Vmlinux();

        Assert.Null(KernelBtf.Cache.Fallback);
        Assert.Contains("/sys/kernel/btf/vmlinux", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    /// <summary>The running kernel, but one that maps nothing.</summary>
    private sealed unsafe class RefusingGate : SyscallGate
    {
        private static readonly LinuxSyscallGate s_kernel = LinuxSyscallGate.Instance;

        public bool WasAsked { get; private set; }

        public override long MapMemory(
            nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
        {
            WasAsked = true;
            return -(long)Errno.ENODEV;
        }

        public override long Bpf(BpfCommand command, void* attributes, uint size) => throw Unexpected();

        public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags) =>
            throw Unexpected();

        public override long IoControl(int fd, uint request, ulong argument) => throw Unexpected();

        public override long MapMemoryAt(void* address, nuint length, int fd) => throw Unexpected();

        public override long UnmapMemory(void* address, nuint length) => throw Unexpected();

        public override long EpollCreate() => throw Unexpected();

        public override long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data) => throw Unexpected();

        public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds) => throw Unexpected();

        public override long EventFd() => throw Unexpected();

        public override long Open(byte* path, FileAccessMode mode) => s_kernel.Open(path, mode);

        public override long OpenProcess(int processId) => throw new NotSupportedException();

        public override long NetlinkSocket() => throw Unexpected();

        public override long SetSocketOption(int fd, int level, int option, int value) => throw Unexpected();

        public override long Read(int fd, void* buffer, nuint count) => s_kernel.Read(fd, buffer, count);

        public override long Write(int fd, void* buffer, nuint count) => throw Unexpected();

        public override long Close(int fd) => s_kernel.Close(fd);

        public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit) =>
            throw Unexpected();

        private static InvalidOperationException Unexpected() => new("reading BTF takes no such call");
    }
}
