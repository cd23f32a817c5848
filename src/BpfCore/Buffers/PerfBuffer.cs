using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Receives what BPF programs send with <c>bpf_perf_event_output</c>: one ring of records for each online CPU, behind
/// a <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>.
/// </summary>
/// <remarks>
/// One thread at a time may poll, consume or dispose; <see cref="Wake"/> may be called by any thread at any time. A
/// handler must not poll the buffer that called it. One buffer at a time can be open on a map. CPUs that come online
/// later have no ring: what their programs send is refused with ENOENT.
/// </remarks>
public sealed class PerfBuffer : IDisposable
{
    private readonly BpfMap _map;
    private readonly CpuRing[] _rings;
    private readonly PollWaiter _waiter;
    private readonly bool _isBatched;
    private bool _isBehind;
    private bool _isDisposed;

    private PerfBuffer(BpfMap map, CpuRing[] rings, PollWaiter waiter, PerfBufferOptions options)
    {
        _map = map;
        _rings = rings;
        _waiter = waiter;
        _isBatched = options.WakeupEvents > 1;
        Cpus = [.. rings.Select(static ring => ring.Reader.Cpu)];
    }

    /// <summary>
    /// Ids of the CPUs that have a ring, ascending: those that were online when the buffer was opened.
    /// </summary>
    public IReadOnlyList<int> Cpus { get; }

    /// <summary>
    /// Number of records that the rings reported as lost; see <see cref="IPerfRecordHandler.OnLost"/> for what that
    /// number leaves out.
    /// </summary>
    public ulong LostCount
    {
        get
        {
            ulong total = 0;
            foreach (CpuRing ring in _rings)
            {
                total += ring.Reader.LostCount;
            }

            return total;
        }
    }

    /// <summary>Opens a ring for every online CPU and puts them into the map.</summary>
    /// <param name="map">A <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c> with an entry for every CPU id.</param>
    /// <param name="options">Sizes; null for the defaults.</param>
    /// <returns>The buffer. Dispose it before the map.</returns>
    /// <exception cref="ArgumentException">The map is of another type, or too small for a CPU id.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: <c>mmap</c> with EPERM when the rings exceed <c>kernel.perf_event_mlock_kb</c> and the
    /// process lacks CAP_IPC_LOCK.
    /// </exception>
    public static PerfBuffer Open(BpfMap map, PerfBufferOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Open(map, options ?? new PerfBufferOptions(), CpuSet.Online());
    }

    /// <summary>Number of records that the ring of one CPU reported as lost.</summary>
    /// <param name="cpu">Id of the CPU, one of <see cref="Cpus"/>.</param>
    /// <exception cref="ArgumentException">The CPU has no ring.</exception>
    public ulong GetLostCount(int cpu)
    {
        foreach (CpuRing ring in _rings)
        {
            if (ring.Reader.Cpu == cpu)
            {
                return ring.Reader.LostCount;
            }
        }

        throw new ArgumentException($"CPU {cpu} has no ring in the buffer of map {_map.Name}", nameof(cpu));
    }

    /// <summary>
    /// Has the polls tell when a descriptor fails or hangs up, for example standard output when its reader is gone.
    /// The descriptor stays the caller's; once it is closed it is no longer watched.
    /// </summary>
    /// <param name="descriptor">A file descriptor.</param>
    /// <returns>False if it is a regular file or the like, which cannot hang up.</returns>
    /// <exception cref="SyscallException">It is no open descriptor.</exception>
    public bool WatchForHangup(SafeHandle descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return _waiter.AddHangup(descriptor);
    }

    /// <summary>
    /// Ends a poll that waits at once, or else the next one: <see cref="PollResult.IsWoken"/>. May be called by any
    /// thread, also after the buffer was disposed.
    /// </summary>
    public void Wake()
    {
        try
        {
            _waiter.Wake();
        }
        catch (ObjectDisposedException)
        {
            // A signal that arrives during the shutdown has nobody left to wake.
        }
    }

    /// <summary>Waits for records and delivers those of the rings that are ready.</summary>
    /// <param name="timeout">
    /// Longest wait, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever, zero only
    /// looks.
    /// </param>
    /// <param name="handler">
    /// Receives the records. If it throws, the next poll goes on with the following record.
    /// </param>
    /// <returns>How many samples were delivered, and why else the wait ended.</returns>
    /// <exception cref="BpfFormatException">A ring holds a record that contradicts itself.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public PollResult Poll<THandler>(TimeSpan timeout, ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }

        Span<ulong> ready = stackalloc ulong[PollWaiter.Capacity];
        PollResult result = _waiter.Wait(ready, _isBehind ? TimeSpan.Zero : timeout, out int count);
        int samples = _isBatched || _isBehind ? Consume(ref handler) : Drain(ready[..count], ref handler);
        return result with { SampleCount = samples };
    }

    /// <summary>
    /// Delivers the records of all rings without waiting. Call it once more when the programs are detached, for what
    /// came after the last poll.
    /// </summary>
    /// <param name="handler">Receives the records.</param>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">A ring holds a record that contradicts itself.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public int Consume<THandler>(ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = 0;
        foreach (CpuRing ring in _rings)
        {
            samples += ring.Reader.Drain(ref handler);
        }

        _isBehind = false;
        return samples;
    }

    /// <summary>Takes the rings out of the map and releases them; records not yet delivered are gone.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true; // a second call must not empty the map under another buffer
            PerfBufferOpener.Release(_map, _rings);
            _waiter.Dispose();
        }
    }

    internal static PerfBuffer Open(BpfMap map, PerfBufferOptions options, CpuSet online)
    {
        CpuRing[] rings = PerfBufferOpener.Open(map, options, online);
        PollWaiter? waiter = null;
        try
        {
            waiter = new PollWaiter(map.Calls);
            for (int i = 0; i < rings.Length; i++)
            {
                waiter.AddRing(i, rings[i]);
            }

            return new PerfBuffer(map, rings, waiter, options);
        }
        catch
        {
            waiter?.Dispose();
            PerfBufferOpener.Release(map, rings);
            throw;
        }
    }

    // The kernel reports a ring as ready once for each wake-up (perf_poll takes the mark away): records left behind by
    // a handler that threw would wait for the next wake-up, so the next poll looks into all rings.
    private int Drain<THandler>(scoped ReadOnlySpan<ulong> ready, ref THandler handler)
        where THandler : struct, IPerfRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = 0;
        foreach (ulong index in ready)
        {
            samples += _rings[index].Reader.Drain(ref handler);
        }

        _isBehind = false;
        return samples;
    }
}
