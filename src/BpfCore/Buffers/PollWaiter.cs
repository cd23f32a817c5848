using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>Waits for sources of records, for a wake-up from this process, and for the hang-up of other
/// descriptors.</summary>
internal sealed class PollWaiter : IDisposable
{
    /// <summary>Sources that one wait can report; the kernel reports the others at the next one.</summary>
    public const int Capacity = 64;

    private const string AddCall = "epoll_ctl(EPOLL_CTL_ADD)";

    // What comes back from epoll: the tag of a source, or one of these.
    private const ulong WakeTag = ulong.MaxValue;
    private const ulong HangupTag = ulong.MaxValue - 1;
    private const ulong TickTag = ulong.MaxValue - 2;

    private readonly SystemCalls _calls;
    private readonly SafeFdHandle _epoll;
    private readonly SafeFdHandle _wakeup;
    private readonly int _number;
    private SafeFdHandle? _timer;
    private TimeSpan _interval = Timeout.InfiniteTimeSpan;
    private bool _isLeased;

    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public PollWaiter(SystemCalls calls)
    {
        _calls = calls;
        _epoll = calls.Epoll.Create();
        _epoll.DangerousAddRef(ref _isLeased); // once, and not for each wait
        _number = (int)_epoll.DangerousGetHandle();
        try
        {
            _wakeup = calls.Epoll.CreateEvent();
            ThrowIfFailed(calls.Epoll.Add(_epoll, _wakeup, EpollInterest.Readable, WakeTag), "wake-up event");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Watches a source of records; its tag comes back from <see cref="Wait"/>.</summary>
    /// <param name="tag">Index of a map, or id of a CPU.</param>
    /// <param name="source">Readable when records wait. Closing it ends the watch.</param>
    /// <param name="subject">Its name in messages.</param>
    /// <param name="interest">What to watch for.</param>
    public void AddSource(
        ulong tag, SafeFdHandle source, string subject, EpollInterest interest = EpollInterest.Readable) =>
        ThrowIfFailed(_calls.Epoll.Add(_epoll, source, interest, tag), subject);

    /// <summary>Watches somebody else's descriptor for errors and hang-up.</summary>
    /// <returns>False for a regular file and the like, which cannot hang up.</returns>
    public bool AddHangup(SafeHandle descriptor)
    {
        bool isBorrowed = false;
        try
        {
            descriptor.DangerousAddRef(ref isBorrowed);
            int number = (int)descriptor.DangerousGetHandle();
            Errno error = _calls.Epoll.Add(_epoll, number, EpollInterest.ErrorsOnly, HangupTag);
            ThrowIfFailed(error is Errno.EPERM or Errno.EEXIST ? Errno.None : error, $"descriptor {number}");
            return error != Errno.EPERM;
        }
        finally
        {
            if (isBorrowed)
            {
                descriptor.DangerousRelease();
            }
        }
    }

    /// <summary>The interval of <see cref="Tick"/>; below zero for none.</summary>
    public TimeSpan Interval => _interval;

    /// <summary>Adds what <see cref="Tick"/> needs.</summary>
    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public void AddTimer()
    {
        _timer = _calls.Epoll.CreateTimer();
        ThrowIfFailed(_calls.Epoll.Add(_epoll, _timer, EpollInterest.Readable, TickTag), "timer");
    }

    /// <summary>Has a wait end whenever an interval is over, from now on.</summary>
    /// <param name="interval">The interval; below zero for no more.</param>
    public void Tick(TimeSpan interval)
    {
        _calls.Epoll.Start(_timer!, interval > TimeSpan.Zero ? interval : TimeSpan.Zero);
        _interval = interval;
    }

    /// <summary>Makes the wait under way, or the next one, return at once.</summary>
    public void Wake() => _calls.Epoll.Signal(_wakeup);

    /// <summary>
    /// Waits until something is ready, the time is over or a signal comes. Whoever disposes waits for its end first.
    /// </summary>
    /// <param name="sources">Receives the tags of sources that are ready; <see cref="Capacity"/> long.</param>
    /// <param name="timeout">Longest wait; below zero waits for ever.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a wake-up finds little code in the caches
    public WaitResult Wait(Span<ulong> sources, TimeSpan timeout)
    {
        WaitResult result = default;
        int ready = _calls.Epoll.Wait(_number, sources, timeout, out result.IsOver);
        foreach (ulong tag in sources[..ready])
        {
            switch (tag)
            {
                case WakeTag:
                    _calls.Epoll.Reset(_wakeup);
                    result.IsWoken = true;
                    break;
                case HangupTag:
                    result.IsHungUp = true;
                    break;
                case TickTag:
                    _calls.Epoll.Reset(_timer!);
                    result.IsTick = true;
                    break;
                default:
                    sources[result.SourceCount++] = tag;
                    break;
            }
        }

        return result;
    }

    public void Dispose()
    {
        _wakeup?.Dispose();
        _timer?.Dispose();
        if (_isLeased)
        {
            _isLeased = false;
            _epoll.DangerousRelease();
        }

        _epoll.Dispose();
    }

    private void ThrowIfFailed(Errno error, string subject)
    {
        if (error != Errno.None)
        {
            throw _calls.Failure(AddCall, subject, error);
        }
    }
}
