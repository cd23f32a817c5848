using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>Owner of one CPU's perf event and of the memory it is mapped to.</summary>
internal sealed class CpuRing : IDisposable
{
    private readonly SystemCalls _calls;
    private readonly MappedMemory _memory;
    private readonly PerfRing? _forward;
    private readonly BackwardPerfRing? _backward;
    private SafeFdHandle? _prompt;
    private bool _isPaused;

    private CpuRing(SystemCalls calls, int cpu, SafeFdHandle handle, MappedMemory memory, PerfRing forward)
    {
        (_calls, Cpu, Handle, _memory, _forward) = (calls, cpu, handle, memory, forward);
    }

    private CpuRing(SystemCalls calls, int cpu, SafeFdHandle handle, MappedMemory memory, BackwardPerfRing backward)
    {
        (_calls, Cpu, Handle, _memory, _backward) = (calls, cpu, handle, memory, backward);
    }

    /// <summary>Id of the CPU.</summary>
    public int Cpu { get; }

    /// <summary>The perf event, readable when records wait.</summary>
    public SafeFdHandle Handle { get; }

    /// <summary>
    /// The perf event that programs send to: one that wakes as the options say, or one that writes into the same ring
    /// and wakes at every record, where there is such a one.
    /// </summary>
    /// <param name="isBatching">Whether wake-ups are batched.</param>
    public SafeFdHandle Target(bool isBatching) => isBatching ? Handle : _prompt ?? Handle;

    /// <summary>Number of records that the kernel reported as lost so far.</summary>
    public ulong LostCount => _forward?.LostCount ?? _backward!.LostCount;

    /// <summary>Number of bytes that were overwritten before they were delivered.</summary>
    public ulong OverwrittenByteCount => _backward?.OverwrittenByteCount ?? 0;

    /// <summary>
    /// Whether the event still counts. Once its CPU went offline it never does again, though the CPU come back.
    /// </summary>
    /// <remarks>Interrupts the CPU. What the kernel does not tell counts as running.</remarks>
    public bool IsRunning() =>
        !_calls.PerfEvents.TryReadRunningTime(Handle, out ulong before)
        || !_calls.PerfEvents.TryReadRunningTime(Handle, out ulong after)
        || after != before;

    /// <summary>Opens, maps and enables the event of a CPU.</summary>
    /// <returns>Null when the CPU is offline.</returns>
    /// <exception cref="SyscallException">The kernel refused; EPERM of mmap is the limit of locked memory.</exception>
    public static CpuRing? Open(SystemCalls calls, int cpu, PerfBufferOptions options, byte[] scratch)
    {
        PerfRingDirection direction = options.FullMode == PerfBufferFullMode.DropOldest
            ? PerfRingDirection.Backward
            : PerfRingDirection.Forward;
        if (!calls.PerfEvents.TryOpenBpfOutput(
            cpu, options.Wakeup, direction, out SafeFdHandle? handle, out Errno error))
        {
            return error == Errno.ENODEV ? null : throw Failure(calls, PerfEventSyscall.OpenCall, cpu, error);
        }

        CpuRing? ring = null;
        try
        {
            ring = Map(calls, cpu, handle, direction, options.PagesPerCpu, scratch);
            return !options.IsBatchedUnderLoad || ring.TryAddPrompt() ? ring : null;
        }
        catch
        {
            ring?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Delivers what the ring holds, but no more samples than <paramref name="limit"/>.</summary>
    /// <returns>Number of samples delivered.</returns>
    public int Drain<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct =>
        _forward is not null ? _forward.Drain(ref handler, limit) : DrainPaused(ref handler);

    /// <summary>Has the kernel refuse, or take again, what programs send.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void SetPaused(bool isPaused)
    {
        Errno error = _calls.PerfEvents.SetPaused(Handle, isPaused);
        if (error != Errno.None)
        {
            throw Failure(_calls, PerfEventSyscall.PauseCall, Cpu, error);
        }

        _isPaused = isPaused;
    }

    /// <summary>Unmaps the memory and closes the event.</summary>
    public void Dispose()
    {
        _prompt?.Dispose();
        ((IDisposable)_memory).Dispose();
        Handle.Dispose();
    }

    // Without a mapping of its own: the kernel finds the ring's when it is told where the output goes.
    private bool TryAddPrompt()
    {
        if (!_calls.PerfEvents.TryOpenBpfOutput(
            Cpu, PerfWakeup.AfterRecords(1), PerfRingDirection.Forward, out _prompt, out Errno error))
        {
            Dispose();
            return error == Errno.ENODEV ? false : throw Failure(_calls, PerfEventSyscall.OpenCall, Cpu, error);
        }

        error = _calls.PerfEvents.SetOutput(_prompt, Handle);
        return error == Errno.None ? true : throw Failure(_calls, PerfEventSyscall.SetOutputCall, Cpu, error);
    }

    private static CpuRing Map(
        SystemCalls calls, int cpu, SafeFdHandle handle, PerfRingDirection direction, int pages, byte[] scratch)
    {
        int length = (pages + 1) * Environment.SystemPageSize; // PerfBufferOptions keeps this within an int

        // A mapping that cannot be written is what tells the kernel to overwrite: there is no data_tail to respect.
        bool isBackward = direction == PerfRingDirection.Backward;
        calls.Memory.TryMap(
            handle,
            length,
            isBackward ? MemoryProtection.Read : MemoryProtection.ReadWrite,
            MemorySharing.Shared,
            out MappedMemory? memory,
            out Errno error);
        if (memory is null)
        {
            throw Failure(calls, MemorySyscall.MapCall, cpu, error);
        }

        int controlSize = Environment.SystemPageSize;
        CpuRing ring = isBackward
            ? new(calls, cpu, handle, memory, new BackwardPerfRing(cpu, memory.Memory, controlSize, scratch))
            : new(calls, cpu, handle, memory, new PerfRing(cpu, memory.Memory, controlSize, scratch));
        error = calls.PerfEvents.Enable(handle);
        if (error != Errno.None)
        {
            ring.Dispose();
            throw Failure(calls, PerfEventSyscall.EnableCall, cpu, error);
        }

        return ring;
    }

    // Nothing keeps the kernel from overwriting what is being read, so it has to stop writing for that time.
    private int DrainPaused<THandler>(ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (_backward!.IsEmpty || _isPaused)
        {
            return _backward.Drain(ref handler);
        }

        SetPaused(isPaused: true);
        try
        {
            return _backward.Drain(ref handler);
        }
        finally
        {
            SetPaused(isPaused: false);
        }
    }

    private static SyscallException Failure(SystemCalls calls, string call, int cpu, Errno error) =>
        calls.Failure(call, $"perf ring of CPU {cpu}", error);
}
