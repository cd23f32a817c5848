using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>Owner of one CPU's perf event and of the memory it is mapped to.</summary>
internal sealed class CpuRing : IDisposable
{
    private readonly MappedMemory _memory;

    private CpuRing(int cpu, SafeFdHandle handle, MappedMemory memory, byte[] scratch)
    {
        _memory = memory;
        Handle = handle;
        Reader = new PerfRing(cpu, memory.Memory, Environment.SystemPageSize, scratch);
    }

    /// <summary>The perf event, readable when records wait.</summary>
    public SafeFdHandle Handle { get; }

    /// <summary>The records.</summary>
    public PerfRing Reader { get; }

    /// <summary>Opens, maps and enables the event of a CPU.</summary>
    /// <returns>Null when the CPU is offline.</returns>
    /// <exception cref="SyscallException">The kernel refused; EPERM of mmap is the limit of locked memory.</exception>
    public static CpuRing? Open(SystemCalls calls, int cpu, PerfBufferOptions options, byte[] scratch)
    {
        var wakeup = PerfWakeup.AfterRecords((uint)options.WakeupEvents);
        if (!calls.PerfEvents.TryOpenBpfOutput(cpu, wakeup, out SafeFdHandle? handle, out Errno error))
        {
            return error == Errno.ENODEV ? null : throw Failure(calls, PerfEventSyscall.OpenCall, cpu, error);
        }

        try
        {
            return Map(calls, cpu, handle, options.PagesPerCpu, scratch);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Unmaps the memory and closes the event.</summary>
    public void Dispose()
    {
        ((IDisposable)_memory).Dispose();
        Handle.Dispose();
    }

    private static CpuRing Map(SystemCalls calls, int cpu, SafeFdHandle handle, int pages, byte[] scratch)
    {
        int length = (pages + 1) * Environment.SystemPageSize; // PerfBufferOptions keeps this within an int
        calls.Memory.TryMap(
            handle,
            length,
            MemoryProtection.ReadWrite,
            MemorySharing.Shared,
            out MappedMemory? memory,
            out Errno error);
        if (memory is null)
        {
            throw Failure(calls, MemorySyscall.MapCall, cpu, error);
        }

        var ring = new CpuRing(cpu, handle, memory, scratch);
        error = calls.PerfEvents.Enable(handle);
        if (error != Errno.None)
        {
            ring.Dispose();
            throw Failure(calls, PerfEventSyscall.EnableCall, cpu, error);
        }

        return ring;
    }

    private static SyscallException Failure(SystemCalls calls, string call, int cpu, Errno error) =>
        calls.Failure(call, $"perf ring of CPU {cpu}", error);
}
