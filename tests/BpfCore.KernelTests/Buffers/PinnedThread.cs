using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

/// <summary>Runs something on one CPU.</summary>
internal static class PinnedThread
{
    public static void Run(int cpu, Action action)
    {
        int result = -1;
        Thread thread = new(() =>
        {
            result = Pin(cpu);
            action();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, result);
    }

    private static unsafe int Pin(int cpu)
    {
        ulong* mask = stackalloc ulong[16]; // 1024 CPUs, as cpu_set_t of libc
        mask[cpu / 64] = 1ul << (cpu % 64);

        // SAFETY: the kernel reads as many bytes as it is told. 0 is the calling thread.
        return LibC.sched_setaffinity(0, 16 * sizeof(ulong), (cpu_set_t*)mask);
    }
}
