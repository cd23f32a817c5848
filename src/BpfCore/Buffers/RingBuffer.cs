using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Receives what BPF programs put into ring buffers (<c>BPF_MAP_TYPE_RINGBUF</c>, since Linux 5.8): one ring for all
/// CPUs behind each map, records in the order they were reserved.
/// </summary>
/// <remarks>
/// A record that a program has reserved and not yet submitted holds up those behind it. A ring that is full refuses
/// records, which only the program learns: <c>bpf_ringbuf_reserve</c> gives NULL, <c>bpf_ringbuf_output</c> -EAGAIN;
/// count it there. One buffer at a time can be open on a map.
/// </remarks>
public sealed class RingBuffer : RecordBuffer
{
    private readonly BpfMap[] _maps;
    private readonly int[] _sources;
    private readonly List<Ring> _rings = [];

    private RingBuffer(BpfMap[] maps, PollWaiter waiter, TimeProvider clock)
        : base(waiter, clock)
    {
        _maps = maps;
        _sources = [.. Enumerable.Range(0, maps.Length)];
    }

    /// <summary>The maps, in the order that handlers know them by.</summary>
    public IReadOnlyList<BpfMap> Maps => _maps;

    private protected override ReadOnlySpan<int> Sources => _sources;

    private protected override bool HasMore
    {
        get
        {
            foreach (Ring ring in _rings)
            {
                if (ring.Reader.HasMore)
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

    private protected override int DrainSource<THandler>(int source, ref THandler handler, int limit) =>
        _rings[source].Reader.Drain(ref handler, limit);

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
            MapRing memory = MapRing.Open(map, MapRingSide.Consumer);
            BpfRing reader = new(map.Name, source, memory.Consumer, memory.Producer, Environment.SystemPageSize);
            _rings.Add(new Ring(map, memory, reader)); // from here on released with the others
        }
        catch
        {
            ReaderClaims.Release(map);
            throw;
        }

        Waiter.AddSource((ulong)source, map.Handle, $"ring buffer {map.Name}");
    }

    private sealed record Ring(BpfMap Map, MapRing Memory, BpfRing Reader);
}
