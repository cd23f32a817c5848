using BpfCore.Maps;
using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>
/// Sends records to BPF programs through a user ring buffer (<c>BPF_MAP_TYPE_USER_RINGBUF</c>, since Linux 6.1), which
/// they read with <c>bpf_user_ringbuf_drain</c>.
/// </summary>
/// <remarks>
/// All members may be used by several threads at once. Records are read in the order they were reserved; one that is
/// neither submitted nor discarded holds up those behind it. Do not dispose the buffer while a record is being written.
/// One buffer at a time can be open on a map.
/// </remarks>
public sealed class UserRingBuffer : IDisposable
{
    private const ulong RoomTag = 0;

    private readonly Lock _writing = new();
    private readonly Lock _waiting = new();
    private readonly BpfMap _map;
    private readonly MapRing _memory;
    private readonly UserRing _ring;
    private readonly PollWaiter _waiter;

    private UserRingBuffer(BpfMap map, MapRing memory, PollWaiter waiter)
    {
        _map = map;
        _memory = memory;
        _waiter = waiter;
        _ring = new UserRing(memory.Consumer, memory.Producer, Environment.SystemPageSize);
    }

    /// <summary>Largest record that the ring can take, in bytes: all of it but 8.</summary>
    public int LargestRecord => _ring.LargestRecord;

    internal bool IsDisposed { get; private set; }

    /// <summary>Opens a map to be written.</summary>
    /// <param name="map">A map of type <c>BPF_MAP_TYPE_USER_RINGBUF</c>.</param>
    /// <returns>The buffer. Dispose it before the map.</returns>
    /// <exception cref="ArgumentException">The map is of another type, or larger than 512 MiB.</exception>
    /// <exception cref="InvalidOperationException">A buffer is open on the map already.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static UserRingBuffer Open(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNoUserRing(map);
        ReaderClaims.Claim(map);
        MapRing? memory = null;
        PollWaiter? waiter = null;
        try
        {
            memory = MapRing.Open(map, MapRingSide.Producer);
            waiter = new PollWaiter(map.Calls);
            waiter.AddSource(RoomTag, map.Handle, $"user ring buffer {map.Name}", EpollInterest.WritableOnce);
            return new UserRingBuffer(map, memory, waiter);
        }
        catch
        {
            waiter?.Dispose();
            memory?.Dispose();
            ReaderClaims.Release(map);
            throw;
        }
    }

    /// <summary>Takes room for a record if there is room now.</summary>
    /// <param name="length">Length of its data in bytes.</param>
    /// <param name="record">Receives the record; dispose it.</param>
    /// <returns>False if the programs have not read enough of the ring yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Below zero, or more than <see cref="LargestRecord"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public bool TryReserve(int length, out UserRingRecord record)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LargestRecord);
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            bool hasRoom = _ring.TryReserve(length, out int offset);
            record = hasRoom ? new UserRingRecord(this, offset, _ring.DataOf(offset, length)) : default;
            return hasRoom;
        }
    }

    /// <summary>Takes room for a record, waiting until programs have read enough of the ring.</summary>
    /// <param name="length">Length of its data in bytes.</param>
    /// <param name="timeout">
    /// Longest wait, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <returns>The record; dispose it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The length is below zero or more than <see cref="LargestRecord"/>.
    /// </exception>
    /// <exception cref="TimeoutException">The time was over before there was room.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public UserRingRecord Reserve(int length, TimeSpan timeout)
    {
        long start = TimeProvider.System.GetTimestamp();
        Span<ulong> ready = stackalloc ulong[PollWaiter.Capacity];
        lock (_waiting) // What the kernel announces once must not wake one thread on behalf of another.
        {
            while (true)
            {
                if (TryReserve(length, out UserRingRecord record))
                {
                    return record;
                }

                TimeSpan left = timeout - TimeProvider.System.GetElapsedTime(start);
                if (timeout >= TimeSpan.Zero && left <= TimeSpan.Zero)
                {
                    throw new TimeoutException(
                        $"user ring buffer {_map.Name} had no room for {length} bytes within {timeout}: programs make "
                        + "room by bpf_user_ringbuf_drain");
                }

                _waiter.Wait(ready, timeout < TimeSpan.Zero ? timeout : left);
            }
        }
    }

    /// <summary>Ends the use of the map; a thread that waits in <see cref="Reserve"/> is woken and refused.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (IsDisposed)
            {
                return;
            }

            IsDisposed = true;
        }

        _waiter.Wake();
        lock (_waiting)
        {
            _memory.Dispose();
            _waiter.Dispose();
            ReaderClaims.Release(_map);
        }
    }

    internal void Commit(int record, int length, bool isDiscarded)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _ring.Commit(record, length, isDiscarded);
        }
    }
}
