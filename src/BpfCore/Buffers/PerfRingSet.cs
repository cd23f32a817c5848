using System.Buffers.Binary;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// The rings of a perf buffer, one for each CPU that is online, and the entries of the map that lead to them.
/// </summary>
/// <remarks>
/// The reading thread alone changes the set; <see cref="SetPaused"/> and the counts may be used by others meanwhile.
/// </remarks>
internal sealed class PerfRingSet : IDisposable
{
    private readonly Lock _changing = new();
    private readonly BpfMap _map;
    private readonly PerfBufferOptions _options;
    private readonly PollWaiter _waiter;
    private readonly OnlineCpus _online;
    private readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(PerfRing.ScratchSize);
    private readonly CpuRing?[] _rings; // by CPU id
    private readonly ClosedRing?[] _closed; // by CPU id: what rings counted that are no more
    private bool _isIncomplete;
    private bool _isPaused;
    private bool _isBatching;

    /// <exception cref="KernelFeatureException">The kernel does not tell which CPUs are online.</exception>
    public PerfRingSet(BpfMap map, PerfBufferOptions options, PollWaiter waiter, KernelFiles files)
    {
        (_map, _options, _waiter) = (map, options, waiter);
        _isBatching = !options.IsBatchedUnderLoad;
        _online = new OnlineCpus(files);
        _rings = new CpuRing?[map.MaxEntries];
        _closed = new ClosedRing?[map.MaxEntries];
    }

    /// <summary>Ids of the CPUs that have a ring, ascending.</summary>
    public int[] Cpus { get; private set; } = [];

    /// <summary>Opens the rings of all CPUs that are online. The caller releases them, also when this throws.</summary>
    /// <exception cref="SyscallException">The kernel refused one.</exception>
    public void Open()
    {
        foreach (int cpu in _online.Current.Ids)
        {
            Add(cpu);
        }

        Cpus = Present();
    }

    /// <summary>The ring of a CPU, or null.</summary>
    public CpuRing? this[int cpu] => _rings[cpu];

    /// <summary>Records that rings of a CPU reported as lost; null if it never had one.</summary>
    public ulong? LostCount(int cpu)
    {
        bool hadOne = (uint)cpu < (uint)_rings.Length && (_rings[cpu] is not null || _closed[cpu] is not null);
        return hadOne ? unchecked((_rings[cpu]?.LostCount ?? 0) + (_closed[cpu]?.LostCount ?? 0)) : null;
    }

    /// <summary>Records that the rings reported as lost, those that are no more included.</summary>
    public ulong TotalLostCount()
    {
        ulong total = 0;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
        {
            total = unchecked(total + (LostCount(cpu) ?? 0));
        }

        return total;
    }

    /// <summary>Bytes of records that were overwritten unread.</summary>
    public ulong TotalOverwrittenByteCount()
    {
        ulong total = 0;
        for (int cpu = 0; cpu < _rings.Length; cpu++)
        {
            ulong gone = _closed[cpu]?.OverwrittenByteCount ?? 0;
            total = unchecked(total + gone + (_rings[cpu]?.OverwrittenByteCount ?? 0));
        }

        return total;
    }

    /// <summary>
    /// Gives up the rings of CPUs that went offline, after delivering what they hold, and opens rings for CPUs that
    /// came.
    /// </summary>
    /// <param name="handler">Receives the records.</param>
    /// <param name="limit">No more samples than this; rings that then still hold records are kept for the next
    /// time.</param>
    /// <param name="isThorough">
    /// Whether also to look for rings that are dead though their CPU is online: it went and came since the last look.
    /// </param>
    /// <returns>Number of samples delivered.</returns>
    public int Follow<THandler>(ref THandler handler, int limit, bool isThorough)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (!_online.Refresh() && !_isIncomplete && !isThorough)
        {
            return 0;
        }

        int samples = CloseDead(ref handler, limit, isThorough);
        OpenMissing();
        Cpus = Present();
        return samples;
    }

    /// <summary>Has the kernel refuse, or take again, what programs send to any of the rings.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void SetPaused(bool isPaused)
    {
        lock (_changing)
        {
            _isPaused = isPaused;
            foreach (CpuRing? ring in _rings)
            {
                ring?.SetPaused(isPaused);
            }
        }
    }

    /// <summary>
    /// Has programs send so that wake-ups are batched, or so that every record wakes. What they send meanwhile goes
    /// into the same rings.
    /// </summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void SetBatching(bool isBatching)
    {
        _isBatching = isBatching;
        foreach (int cpu in Cpus)
        {
            _map.SetDescriptor(Key(cpu), _rings[cpu]!.Target(isBatching));
        }
    }

    /// <summary>Takes all rings out of the map and releases them.</summary>
    public void Dispose()
    {
        for (int cpu = 0; cpu < _rings.Length; cpu++)
        {
            Remove(cpu);
        }

        _online.Dispose();
    }

    private int CloseDead<THandler>(ref THandler handler, int limit, bool isThorough)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int samples = 0;
        foreach (int cpu in Cpus)
        {
            CpuRing ring = _rings[cpu]!;
            if (_online.Current.Contains(cpu) && !(isThorough && !ring.IsRunning()))
            {
                continue;
            }

            samples += ring.Drain(ref handler, limit - samples);
            if (samples >= limit)
            {
                _isIncomplete = true;
                return samples;
            }

            Remove(cpu);
        }

        _isIncomplete = false;
        return samples;
    }

    // A CPU that cannot have a ring must not end the reading of the others; the next look tries again.
    private void OpenMissing()
    {
        foreach (int cpu in _online.Current.Ids)
        {
            if (cpu < _rings.Length && _rings[cpu] is not null)
            {
                continue;
            }

            try
            {
                Add(cpu);
            }
            catch (Exception error) when (error is SyscallException or ArgumentException)
            {
                Remove(cpu);
                _isIncomplete = true;
                ReportSkipped(cpu, error.Message);
            }
        }
    }

    private void Add(int cpu)
    {
        MapTypeCheck.ThrowIfNoPerfEventArray(_map, cpu);
        CpuRing? ring = CpuRing.Open(_map.Calls, cpu, _options, _scratch);
        if (ring is null)
        {
            _isIncomplete = true;
            ReportSkipped(cpu, "ENODEV: the CPU went offline");
            return;
        }

        lock (_changing)
        {
            _rings[cpu] = ring; // from here on released with the others
            if (_isPaused)
            {
                ring.SetPaused(isPaused: true);
            }
        }

        _waiter.AddSource((ulong)cpu, ring.Handle, $"perf ring of CPU {cpu}");
        _map.SetDescriptor(Key(cpu), ring.Target(_isBatching));
    }

    private void Remove(int cpu)
    {
        if (cpu >= _rings.Length || _rings[cpu] is not { } ring)
        {
            return;
        }

        lock (_changing)
        {
            ClosedRing before = _closed[cpu] ?? default;
            _closed[cpu] = new ClosedRing(
                unchecked(before.LostCount + ring.LostCount),
                unchecked(before.OverwrittenByteCount + ring.OverwrittenByteCount));
            _rings[cpu] = null;
        }

        // The map keeps a reference of its own to the event, which would live as long as the map.
        _map.TryClearDescriptor(Key(cpu));
        ring.Dispose();
    }

    private void ReportSkipped(int cpu, string reason) => _map.Calls.Observer?.OnFallback(new FallbackTaken(
        $"perf ring of CPU {cpu}", "open", "skip", reason));

    private int[] Present()
    {
        List<int> cpus = [];
        foreach (CpuRing? ring in _rings)
        {
            if (ring is not null)
            {
                cpus.Add(ring.Cpu);
            }
        }

        return [.. cpus];
    }

    private static byte[] Key(int cpu)
    {
        byte[] key = new byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(key, cpu);
        return key;
    }

    private readonly record struct ClosedRing(ulong LostCount, ulong OverwrittenByteCount);
}
