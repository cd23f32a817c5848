using System.Diagnostics.CodeAnalysis;
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
    private int _reader; // managed id of the thread that reads, 0 for none: a Lock costs more of a wake-up than that
    private int _nextSource;
    private bool _isBehind;
    private bool _isBusy;
    private TimeSpan _lastWait;
    private bool _isReleased;
    private volatile bool _isDisposed;

    private protected RecordBuffer(PollWaiter waiter, TimeProvider clock)
    {
        _waiter = waiter;
        _clock = clock;
    }

    // What follows is looked at in each wake-up, which finds little code in the caches: fields, not virtual calls.

    /// <summary>Whether sources hold records before they report themselves as ready.</summary>
    private protected bool IsBatched { get; set; }

    /// <summary>Longest wait before all sources are looked into; below zero: none.</summary>
    private protected TimeSpan LongestWait { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>How much time of <see cref="PollWaiter.Tick"/> went by since that was set to zero.</summary>
    private protected TimeSpan Ticked { get; set; }

    /// <summary>The interval of <see cref="PollWaiter.Tick"/> while no records come; below zero: none.</summary>
    private protected TimeSpan RestingInterval { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>What handlers and <see cref="PollWaiter"/> call the sources, in the order of reading.</summary>
    private protected int[] Sources { get; set; } = [];

    /// <summary>Whether drains without a limit left records behind on purpose.</summary>
    private protected virtual bool HasMore => false;

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
    /// looks. While records come and each poll is given the same time, that of a poll without any may begin anew once.
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
            return ConsumeAll(ref handler, int.MaxValue);
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

    // Where the same wait is repeated, without a look at the clock and a timer of its own: both are measurable parts of
    // what a wake-up takes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PollResult PollUntil<THandler>(TimeSpan timeout, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        TimeSpan wait = Shorter(timeout, LongestWait);
        bool isTicked = IsTicked(wait);
        long? start = isTicked && (wait == timeout || timeout < TimeSpan.Zero) ? null : _clock.GetTimestamp();
        PollResult result = WaitOnce(
            isTicked ? Timeout.InfiniteTimeSpan : wait, isTicked, ref handler, out bool isOver);
        _isBusy = result.SampleCount > 0;
        return result.HasAny || (isOver && wait == timeout)
            ? result
            : WaitOn(timeout, start ?? _clock.GetTimestamp(), ref handler);
    }

    // While records come, the next tick ends a wait soon enough.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsTicked(TimeSpan wait) => (_isBusy && wait == _waiter.Interval) || StartsTicking(wait);

    // A wait that is made only once has its own time.
    private bool StartsTicking(TimeSpan wait)
    {
        if (_isBusy && wait == _lastWait && wait != TimeSpan.Zero)
        {
            _waiter.Tick(wait);
            return true;
        }

        _lastWait = wait;
        return false;
    }

    private PollResult WaitOn<THandler>(TimeSpan timeout, long start, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        if (_waiter.Interval != RestingInterval)
        {
            _waiter.Tick(RestingInterval);
        }

        while (true)
        {
            TimeSpan left = timeout > TimeSpan.Zero ? Left(timeout, start) : timeout;
            TimeSpan wait = Shorter(left, LongestWait);
            PollResult result = WaitOnce(wait, isTicked: false, ref handler, out bool isOver);
            if (result.HasAny || (isOver && wait == left))
            {
                return result;
            }
        }
    }

    private PollResult WaitOnce<THandler>(TimeSpan timeout, bool isTicked, ref THandler handler, out bool isOver)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        Unsafe.SkipInit(out ReadySources ready);
        Span<ulong> sources = ready;
        bool isBehind = _isBehind;
        WaitResult wait = _waiter.Wait(sources, isBehind ? TimeSpan.Zero : timeout);
        isOver = wait.IsOver && !isBehind;
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (wait.IsTick)
        {
            Ticked += _waiter.Interval;
        }

        // Sources that hold less than a batch can wait for the tick, which comes when the longest wait is over.
        bool isEverywhere = isBehind || (IsBatched && (wait.IsTick || !isTicked));
        int samples = isEverywhere
            ? ConsumeAll(ref handler, int.MaxValue)
            : ConsumeReady(sources[..wait.SourceCount], ref handler);
        return new PollResult(samples, wait.IsWoken, wait.IsHungUp);
    }

    // The kernel reports a perf ring as ready once for each wake-up (perf_poll takes the mark away): records left
    // behind by a handler that threw would wait for the next wake-up, so the next poll looks into all rings.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ConsumeReady<THandler>(scoped ReadOnlySpan<ulong> ready, ref THandler handler)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = 0;
        foreach (ulong source in ready)
        {
            samples += DrainSource((int)source, ref handler, int.MaxValue);
        }

        samples += FollowSources(ref handler, int.MaxValue);
        _isBehind = HasMore;
        return samples;
    }

    private int ConsumeAll<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        _isBehind = true;
        int samples = DrainAll(ref handler, limit);
        if (samples >= limit)
        {
            return samples; // there may be more
        }

        samples += FollowSources(ref handler, limit - samples);
        _isBehind = HasMore;
        return samples;
    }

    // Generic virtual methods would be looked up at each call, a tenth of what a wake-up takes here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int DrainSource<THandler>(int source, ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct => this is PerfBuffer perf
        ? perf.DrainSource(source, ref handler, limit)
        : ((RingBuffer)this).DrainSource(source, ref handler, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FollowSources<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct => this is PerfBuffer perf
        ? perf.FollowSources(ref handler, limit)
        : 0;

    // A drain that its limit ends is continued by the next one at the next source, so that no source starves.
    private int DrainAll<THandler>(ref THandler handler, int limit)
        where THandler : struct, IRecordHandler, allows ref struct
    {
        int[] sources = Sources;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnterReading()
    {
        int current = Environment.CurrentManagedThreadId;
        int reader = Interlocked.CompareExchange(ref _reader, current, 0);
        if (reader != 0 || _isDisposed)
        {
            RefuseReading(reader, current);
        }
    }

    [DoesNotReturn]
    private void RefuseReading(int reader, int current)
    {
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TimeSpan Shorter(TimeSpan left, TimeSpan longest) =>
        longest < TimeSpan.Zero || (left >= TimeSpan.Zero && left < longest) ? left : longest;

    // Not stackalloc: that is guarded by a cookie, which a wake-up would find cold.
    [InlineArray(PollWaiter.Capacity)]
    private struct ReadySources
    {
        private ulong _first;
    }
}
