using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Syscalls;
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
    private sealed class RefusingGate : ForwardingGate
    {
        public bool WasAsked { get; private set; }

        public override long MapMemory(
            nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
        {
            WasAsked = true;
            return -(long)Errno.ENODEV;
        }
    }
}
