using System.ComponentModel;
using Tmds.Linux;

namespace EventLoad;

/// <summary>Keeps the calling thread on one CPU. The only unsafe code of this program.</summary>
internal static unsafe class ProcessorPin
{
    /// <summary>Highest CPU id that can be asked for.</summary>
    public const int HighestCpu = 1023;

    /// <summary>Moves the calling thread to a CPU, where it stays.</summary>
    /// <param name="cpu">Id of the CPU.</param>
    /// <exception cref="Win32Exception">It is not online, or not allowed to this process.</exception>
    public static void To(int cpu)
    {
        // SAFETY: the kernel reads as many bytes as it is told, which is the size of the array.
        ulong* mask = stackalloc ulong[(HighestCpu + 1) / 64];
        mask[cpu / 64] = 1ul << (cpu % 64);
        if (LibC.sched_setaffinity(0, (HighestCpu + 1) / 8, (cpu_set_t*)mask) != 0)
        {
            throw new Win32Exception(LibC.errno, $"CPU {cpu} cannot be used");
        }
    }
}
