using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfCore.Buffers;

/// <summary>
/// What BPF programs send to this process, record by record: a <see cref="PerfBuffer"/> or a <see cref="RingBuffer"/>.
/// </summary>
/// <remarks>
/// One thread at a time may poll, consume or enumerate: a second one is refused with an
/// <see cref="InvalidOperationException"/>, and so is a handler that polls the buffer that called it. Other members may
/// be used by any thread at any time. <see cref="Dispose"/> ends a poll that waits and lets one that delivers finish.
/// </remarks>
public abstract partial class RecordBuffer : IDisposable
{
    private readonly PollWaiter _waiter;
    private readonly TimeProvider _clock;
    private long _lastWaited;
    private int _reader; // managed id of the thread that reads, 0 for none: a Lock costs more of a wake-up than that
    private int _nextSource;
    private bool _isBehind;
    private bool _isReleased;
    private volatile bool _isDisposed;

    private protected RecordBuffer(PollWaiter waiter, TimeProvider clock)
    {
        _waiter = waiter;
        _clock = clock;
        _lastWaited = clock.GetTimestamp();
    }

    /// <summary>Whether sources hold records before they report themselves as ready.</summary>
    private protected virtual bool IsBatched => false;

    /// <summary>Whether drains without a limit left records behind on purpose.</summary>
    private protected virtual bool HasMore => false;

    /// <summary>What handlers and <see cref="PollWaiter"/> call the sources, in the order of reading.</summary>
    private protected abstract ReadOnlySpan<int> Sources { get; }

    private protected TimeProvider Clock => _clock;

    private protected PollWaiter Waiter => _waiter;

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

    /// <summary>Waits for records and delivers those that are there.</summary>
    /// <param name="timeout">
    /// Longest wait, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever, zero only
    /// looks.
    /// </param>
    /// <param name="handler">
    /// Receives the records. If it throws, the next poll goes on with the following record.
    /// </param>
    /// <returns>How many samples were delivered, and why else the wait ended.</returns>
    /// <exception cref="BpfFormatException">A ring holds a record that contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">The buffer is being read already.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public PollResult Poll<THandler>(TimeSpan timeout, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }

        EnterReading();
        try
        {
            return PollUntil(timeout, ref handler);
        }
        finally
        {
            ExitReading();
        }
    }

    /// <summary>
    /// Delivers the records that are there without waiting. Call it once more when the programs are detached, for what
    /// came after the last poll.
    /// </summary>
    /// <param name="handler">Receives the records.</param>
    /// <returns>Number of samples delivered.</returns>
    /// <exception cref="BpfFormatException">A ring holds a record that contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">The buffer is being read already.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public int Consume<THandler>(ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        EnterReading();
        try
        {
            return ConsumeAll(ref handler, int.MaxValue, _clock.GetTimestamp());
        }
        finally
        {
            ExitReading();
        }
    }

    /// <summary>Releases the rings; records not yet delivered are gone.</summary>
    /// <exception cref="InvalidOperationException">A handler disposes the buffer that called it.</exception>
    public void Dispose()
    {
        int current = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _reader) == current)
        {
            throw new InvalidOperationException("a handler must not dispose the buffer that called it");
        }

        _isDisposed = true;
        Wake(); // a poll that waits sees that it is over
        SpinWait wait = default;
        while (Interlocked.CompareExchange(ref _reader, current, 0) != 0)
        {
            wait.SpinOnce();
        }

        try
        {
            ReleaseOnce();
        }
        finally
        {
            ExitReading();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Longest wait before something other than records is to be looked after; below zero: none.</summary>
    /// <param name="now">The time, of <see cref="Clock"/>, when the last wait was over.</param>
    private protected virtual TimeSpan LongestWait(long now) => Timeout.InfiniteTimeSpan;

    /// <summary>Releases the sources. Called once.</summary>
    private protected abstract void Release();

    private void ReleaseOnce()
    {
        if (!_isReleased)
        {
            _isReleased = true; // a second call must not empty the map under another buffer
            Release();
            _waiter.Dispose();
        }
    }

    private PollResult PollUntil<THandler>(TimeSpan timeout, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        long start = _clock.GetTimestamp();
        TimeSpan left = timeout;
        while (true)
        {
            PollResult result = WaitOnce(Shorter(left, LongestWait(_lastWaited)), ref handler);
            if (result != default)
            {
                return result;
            }

            left = timeout > TimeSpan.Zero ? Left(timeout, start) : timeout;
            if (left == TimeSpan.Zero)
            {
                return result;
            }
        }
    }

    [SkipLocalsInit] // half a KiB, for each wake-up; it is written before it is read
    private PollResult WaitOnce<THandler>(TimeSpan timeout, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        Span<ulong> ready = stackalloc ulong[PollWaiter.Capacity];
        bool isBehind = _isBehind;
        PollResult result = _waiter.Wait(ready, isBehind ? TimeSpan.Zero : timeout, out int count);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        long now = _lastWaited = _clock.GetTimestamp();
        bool isEverywhere = IsBatched || isBehind;
        int samples = isEverywhere
            ? ConsumeAll(ref handler, int.MaxValue, now)
            : ConsumeReady(ready[..count], ref handler, now);
        return result with { SampleCount = samples };
    }

    // The kernel reports a perf ring as ready once for each wake-up (perf_poll takes the mark away): records left
    // behind by a handler that threw would wait for the next wake-up, so the next poll looks into all rings.
    private int ConsumeReady<THandler>(scoped ReadOnlySpan<ulong> ready, ref THandler handler, long now)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = 0;
        foreach (ulong source in ready)
        {
            samples += DrainSource((int)source, ref handler, int.MaxValue);
        }

        samples += FollowSources(ref handler, int.MaxValue, now);
        _isBehind = HasMore;
        return samples;
    }

    private int ConsumeAll<THandler>(ref THandler handler, int limit, long now)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = DrainAll(ref handler, limit);
        if (samples >= limit)
        {
            return samples; // there may be more
        }

        samples += FollowSources(ref handler, limit - samples, now);
        _isBehind = HasMore;
        return samples;
    }

    // Generic virtual methods would be looked up at each call, a tenth of what a wake-up takes here.
    private int DrainSource<THandler>(int source, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct => this is PerfBuffer perf
        ? perf.DrainSource(source, ref handler, limit)
        : ((RingBuffer)this).DrainSource(source, ref handler, limit);

    private int FollowSources<THandler>(ref THandler handler, int limit, long now)
        where THandler : struct, IRecordHandler, allows ref struct => this is PerfBuffer perf
        ? perf.FollowSources(ref handler, limit, now)
        : 0;

    // A drain that its limit ends is continued by the next one at the next source, so that no source starves.
    private int DrainAll<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        ReadOnlySpan<int> sources = Sources;
        int first = limit == int.MaxValue ? 0 : _nextSource;
        int samples = 0;
        for (int i = 0; i < sources.Length && samples < limit; i++)
        {
            int index = (first + i) % sources.Length;
            _nextSource = index + 1;
            samples += DrainSource(sources[index], ref handler, limit - samples);
        }

        return samples;
    }

    private void EnterReading()
    {
        int current = Environment.CurrentManagedThreadId;
        int reader = Interlocked.CompareExchange(ref _reader, current, 0);
        if (reader == 0 && !_isDisposed)
        {
            return;
        }

        if (reader == 0)
        {
            ExitReading();
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);
        throw new InvalidOperationException(reader == current
            ? "a handler must not read the buffer that called it"
            : "another thread is reading this buffer: one at a time may");
    }

    private void ExitReading() => Volatile.Write(ref _reader, 0);

    private TimeSpan Left(TimeSpan timeout, long start)
    {
        TimeSpan left = timeout - _clock.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan longest) =>
        longest < TimeSpan.Zero || (left >= TimeSpan.Zero && left < longest) ? left : longest;
}
