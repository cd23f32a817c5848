using BpfCore.Kernel;
using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Receives what BPF programs send with <c>bpf_perf_event_output</c>: one ring of records for each online CPU, behind
/// a <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>.
/// </summary>
/// <remarks>
/// One buffer at a time can be open on a map. A CPU that comes online gets a ring within about a second while the
/// buffer is polled; until then what its programs send is refused with ENOENT. What the ring of a CPU that went offline
/// still holds is delivered. A CPU that went and came back within a second, as all but one do during a suspend, has a
/// ring that is dead, and its programs get EOPNOTSUPP: see <see cref="CheckCpus"/>.
/// </remarks>
public sealed class PerfBuffer : RecordBuffer
{
    private static readonly TimeSpan s_timeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly BpfMap _map;
    private readonly PerfRingSet _rings;
    private readonly PerfBufferOptions _options;
    private readonly LoadMeter? _load;
    private volatile bool _isCheckAsked;

    private PerfBuffer(
        BpfMap map, PerfRingSet rings, PollWaiter waiter, PerfBufferOptions options, TimeProvider clock)
        : base(waiter, clock)
    {
        _map = map;
        _rings = rings;
        _options = options;
        _load = options.IsBatchedUnderLoad ? new LoadMeter(clock) : null;
        Sources = rings.Cpus;
        RestingInterval = waiter.Interval;
        ExpectBatches(options.IsBatched && _load is null);
    }

    /// <summary>Ids of the CPUs that have a ring, ascending. Polls bring it up to date.</summary>
    public IReadOnlyList<int> Cpus => _rings.Cpus;

    /// <summary>
    /// Number of records that the rings reported as lost; see <see cref="IRecordHandler.OnLost"/> for what that number
    /// leaves out.
    /// </summary>
    public ulong LostCount => _rings.TotalLostCount();

    /// <summary>
    /// Number of bytes of records that were never delivered, with <see cref="PerfBufferFullMode.DropOldest"/>; 0 in the
    /// other mode. What was overwritten since the last read is added by the next one.
    /// </summary>
    public ulong OverwrittenByteCount => _rings.TotalOverwrittenByteCount();

    /// <summary>Opens a ring for every online CPU and puts them into the map.</summary>
    /// <param name="map">A <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c> with an entry for every CPU id.</param>
    /// <param name="options">Sizes and wake-ups; null for the defaults.</param>
    /// <returns>The buffer. Dispose it before the map.</returns>
    /// <exception cref="ArgumentException">
    /// The map is of another type, or too small for a CPU id; or the options contradict each other.
    /// </exception>
    /// <exception cref="InvalidOperationException">A buffer is open on the map already.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: <c>mmap</c> with EPERM when the rings exceed <c>kernel.perf_event_mlock_kb</c> and the
    /// process lacks CAP_IPC_LOCK.
    /// </exception>
    public static PerfBuffer Open(BpfMap map, PerfBufferOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Open(map, options ?? new PerfBufferOptions(), KernelFiles.Host, TimeProvider.System);
    }

    /// <summary>Number of records that the rings of one CPU reported as lost.</summary>
    /// <param name="cpu">Id of a CPU that has a ring, or had one.</param>
    /// <exception cref="ArgumentException">The CPU never had a ring.</exception>
    public ulong GetLostCount(int cpu) => _rings.LostCount(cpu)
        ?? throw new ArgumentException($"CPU {cpu} has no ring in the buffer of map {_map.Name}", nameof(cpu));

    /// <summary>
    /// Has the next poll look whether each ring still works, and renew those that do not. Call it when a program counts
    /// records that <c>bpf_perf_event_output</c> refused with ENOENT or EOPNOTSUPP. It interrupts every CPU that has a
    /// ring, so once a second is often enough. May be called by any thread.
    /// </summary>
    public void CheckCpus() => _isCheckAsked = true;

    /// <summary>
    /// Has the kernel refuse what programs send, with ENOSPC, until <see cref="Resume"/>; it counts as lost. Records
    /// that are in the rings can be read meanwhile, and do not change.
    /// </summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Pause() => _rings.SetPaused(isPaused: true);

    /// <summary>Ends <see cref="Pause"/>.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Resume() => _rings.SetPaused(isPaused: false);

    internal static PerfBuffer Open(BpfMap map, PerfBufferOptions options, KernelFiles files, TimeProvider clock)
    {
        options.ThrowIfContradictory();
        MapTypeCheck.ThrowIfNoPerfEventArray(map, highestCpu: 0);
        ReaderClaims.Claim(map);
        PollWaiter? waiter = null;
        PerfRingSet? rings = null;
        try
        {
            waiter = new PollWaiter(map.Calls);
            rings = new PerfRingSet(map, options, waiter, files);
            rings.Open();
            waiter.AddTimer();
            waiter.Tick(s_timeBetweenLooks);
            return new PerfBuffer(map, rings, waiter, options, clock);
        }
        catch
        {
            rings?.Dispose();
            waiter?.Dispose();
            ReaderClaims.Release(map);
            throw;
        }
    }

    /// <summary>Delivers what a CPU's ring holds, but no more samples than a limit; nothing if it is gone.</summary>
    internal int DrainSource<THandler>(int source, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int samples = _rings[source]?.Drain(ref handler, limit) ?? 0;
        _load?.Add(samples);
        return samples;
    }

    /// <summary>
    /// Brings the set of rings up to date, when it is time to; delivers what those hold that are given up.
    /// </summary>
    internal int FollowSources<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (_load is not null)
        {
            FollowLoad(_load);
        }

        return _isCheckAsked || Ticked >= s_timeBetweenLooks ? FollowCpus(ref handler, limit) : 0;
    }

    private void FollowLoad(LoadMeter load)
    {
        if (load.Update(Clock.GetTimestamp()))
        {
            _rings.SetBatching(load.IsBusy);
        }

        // The polls of the next window still look into all rings: a program may have been about to send to the event
        // that was taken out of the map, and that one does not tell.
        ExpectBatches(load.IsBusy || load.WasBusy);
    }

    private int FollowCpus<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int samples = _rings.Follow(ref handler, limit, isThorough: _isCheckAsked);
        Sources = _rings.Cpus;
        if (samples < limit)
        {
            _isCheckAsked = false;
            Ticked = TimeSpan.Zero;
        }

        return samples;
    }

    private void ExpectBatches(bool isBatched)
    {
        IsBatched = isBatched;
        LongestWait = isBatched && _options.MaximumDelay < s_timeBetweenLooks
            ? _options.MaximumDelay
            : s_timeBetweenLooks;
    }

    private protected override void ThrowIfNotSequential()
    {
        if (_options.FullMode == PerfBufferFullMode.DropOldest)
        {
            throw new InvalidOperationException(
                $"the buffer of map {_map.Name} drops the oldest records and gives the newest first: read it by "
                + $"{nameof(Poll)} or {nameof(Consume)}");
        }
    }

    private protected override void Release()
    {
        _rings.Dispose();
        ReaderClaims.Release(_map);
    }
}
