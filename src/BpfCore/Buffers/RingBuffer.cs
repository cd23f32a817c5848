using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Receives what BPF programs put into ring buffers (<c>BPF_MAP_TYPE_RINGBUF</c>, since Linux 5.8): one ring for all
/// CPUs behind each map, records in the order they were reserved.
/// </summary>
/// <remarks>
/// A record that a program has reserved and not yet submitted holds up those behind it. A ring that is full refuses
/// records, which only the program learns: <c>bpf_ringbuf_reserve</c> gives NULL, <c>bpf_ringbuf_output</c> -EAGAIN;
/// count it there. A map with the flag <c>BPF_F_RB_OVERWRITE</c> (6.19) refuses nothing and overwrites its oldest
/// records: <see cref="OverwrittenByteCount"/>. One buffer at a time can be open on a map.
/// </remarks>
public sealed class RingBuffer : RecordBuffer
{
    private readonly BpfMap[] _maps;
    private readonly List<Ring> _rings = [];

    private RingBuffer(BpfMap[] maps, PollWaiter waiter, TimeProvider clock)
        : base(waiter, clock)
    {
        _maps = maps;
        Sources = [.. Enumerable.Range(0, maps.Length)];
    }

    /// <summary>The maps, in the order that handlers know them by.</summary>
    public IReadOnlyList<BpfMap> Maps => _maps;

    /// <summary>
    /// Number of bytes of records, with their headers, that programs overwrote before they were delivered; only of maps
    /// that allow it.
    /// </summary>
    public ulong OverwrittenByteCount
    {
        get
        {
            ulong count = 0;
            foreach (Ring ring in _rings)
            {
                count += ring.OverwrittenByteCount;
            }

            return count;
        }
    }

    private protected override bool HasMore
    {
        get
        {
            foreach (Ring ring in _rings)
            {
                if (ring.HasMore)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Opens one or several maps to be read together.</summary>
    /// <param name="maps">Maps of type <c>BPF_MAP_TYPE_RINGBUF</c>. Handlers are told the index.</param>
    /// <returns>The buffer. Dispose it before the maps.</returns>
    /// <exception cref="ArgumentException">No map, or one of another type or larger than 512 MiB.</exception>
    /// <exception cref="InvalidOperationException">A buffer is open on one of the maps already.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static RingBuffer Open(params ReadOnlySpan<BpfMap> maps)
    {
        if (maps.IsEmpty)
        {
            throw new ArgumentException("a ring buffer reads at least one map", nameof(maps));
        }

        foreach (BpfMap map in maps)
        {
            ArgumentNullException.ThrowIfNull(map, nameof(maps));
            MapTypeCheck.ThrowIfNoRing(map);
        }

        RingBuffer buffer = new(maps.ToArray(), new PollWaiter(maps[0].Calls), TimeProvider.System);
        try
        {
            buffer.Waiter.AddTimer();
            foreach (BpfMap map in maps)
            {
                buffer.Add(map);
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Delivers what a ring holds, but no more samples than a limit.</summary>
    internal int DrainSource<THandler>(int source, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct => _rings[source].Drain(ref handler, limit);

    private protected override void Release()
    {
        foreach (Ring ring in _rings)
        {
            ring.Memory.Dispose();
            ReaderClaims.Release(ring.Map);
        }
    }

    private void Add(BpfMap map)
    {
        int source = _rings.Count;
        ReaderClaims.Claim(map);
        try
        {
            _rings.Add(Ring.Open(map, source)); // from here on released with the others
        }
        catch
        {
            ReaderClaims.Release(map);
            throw;
        }

        Waiter.AddSource((ulong)source, map.Handle, $"ring buffer {map.Name}");
    }

    /// <summary>A map that is read in the way that its programs write it.</summary>
    private sealed class Ring
    {
        private readonly BpfRing? _reader;
        private readonly OverwritableBpfRing? _overwritable;

        private Ring(BpfMap map, MapRing memory, int source, bool isOverwritten)
        {
            (Map, Memory) = (map, memory);
            int page = Environment.SystemPageSize;
            if (isOverwritten)
            {
                _overwritable = new OverwritableBpfRing(map.Name, source, memory.Consumer, memory.Producer, page);
            }
            else
            {
                _reader = new BpfRing(map.Name, source, memory.Consumer, memory.Producer, page);
            }
        }

        public BpfMap Map { get; }

        public MapRing Memory { get; }

        public bool HasMore => _reader?.HasMore ?? _overwritable!.HasMore;

        public ulong OverwrittenByteCount => _overwritable?.OverwrittenByteCount ?? 0;

        public static Ring Open(BpfMap map, int source)
        {
            bool isOverwritten = (map.GetInfo().Flags & BpfRingNative.BPF_F_RB_OVERWRITE) != 0;
            return new Ring(map, MapRing.Open(map, MapRingSide.Consumer), source, isOverwritten);
        }

        public int Drain<THandler>(ref THandler handler, int limit)
            where THandler : struct, IRecordHandler, allows ref struct =>
            _reader?.Drain(ref handler, limit) ?? _overwritable!.Drain(ref handler, limit);
    }
}
