using System.Runtime.CompilerServices;

namespace BpfCore.Syscalls;

/// <summary>
/// <c>epoll(7)</c>, <c>eventfd(2)</c> and <c>timerfd_create(2)</c>: waiting for rings, for a request to stop waiting,
/// and for intervals.
/// </summary>
/// <remarks>Waits are not reported to the observer: they are the steady state, not a step of a load.</remarks>
internal sealed unsafe class EpollSyscall(SyscallGate gate, SyscallReporter reporter)
{
    /// <summary><c>epoll_create1(2)</c>.</summary>
    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public SafeFdHandle Create()
    {
        long result = gate.EpollCreate();
        return Own("epoll_create1", result);
    }

    /// <summary><c>eventfd(2)</c>, non-blocking: becomes readable with <see cref="Signal"/>.</summary>
    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public SafeFdHandle CreateEvent()
    {
        long result = gate.EventFd();
        return Own("eventfd", result);
    }

    /// <summary><c>timerfd_create(2)</c>.</summary>
    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public SafeFdHandle CreateTimer() => Own("timerfd_create", gate.TimerCreate());

    /// <summary><c>timerfd_settime(2)</c>: makes a timer readable after each interval; never for zero.</summary>
    public void Start(SafeFdHandle timer, TimeSpan interval)
    {
        using FdLease lease = timer.Lease();
        reporter.ThrowIfFailed("timerfd_settime", "interval of a poll", gate.TimerSet(lease.Value, interval));
    }

    /// <summary>Watches a descriptor; <paramref name="data"/> comes back from <see cref="Wait"/>.</summary>
    /// <returns>EPERM for a regular file, which is always ready and cannot be watched.</returns>
    public Errno Add(SafeFdHandle epoll, SafeFdHandle watched, EpollInterest interest, ulong data)
    {
        using FdLease lease = watched.Lease();
        return Add(epoll, lease.Value, interest, data);
    }

    /// <summary>Watches a descriptor that another part of the process owns, such as standard output.</summary>
    /// <returns>EPERM for a regular file, which is always ready and cannot be watched.</returns>
    public Errno Add(SafeFdHandle epoll, int watched, EpollInterest interest, ulong data)
    {
        using FdLease lease = epoll.Lease();
        long result = gate.EpollAdd(lease.Value, watched, interest, data);
        if (reporter.IsWatched)
        {
            reporter.Returned("epoll_ctl(EPOLL_CTL_ADD)", $"epfd={lease.Value} fd={watched}", result);
        }

        return result.ToErrno();
    }

    /// <summary>Waits until a watched descriptor is ready, the time is over, or a signal comes.</summary>
    /// <param name="epoll">The epoll descriptor, which stays open meanwhile.</param>
    /// <param name="ready">Receives the data of ready descriptors.</param>
    /// <param name="timeout">Longest wait; rounded up to milliseconds, below zero waits for ever.</param>
    /// <param name="isOver">Whether all of the time was waited.</param>
    /// <returns>Number of ready descriptors; 0 when the time is over or a signal came.</returns>
    /// <exception cref="SyscallException">The wait failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a wake-up finds little code in the caches
    public int Wait(int epoll, Span<ulong> ready, TimeSpan timeout, out bool isOver)
    {
        long result = gate.EpollWait(epoll, ready, ToMilliseconds(timeout));
        isOver = result == 0;
        if (result == -(long)Errno.EINTR)
        {
            return 0;
        }

        if (result < 0) // here, and not by the reporter: a wake-up finds it cold
        {
            reporter.ThrowIfFailed("epoll_wait", "waiting for events", result);
        }

        return (int)result;
    }

    /// <summary>Makes an event descriptor readable.</summary>
    public void Signal(SafeFdHandle wakeup)
    {
        using FdLease lease = wakeup.Lease();
        ulong one = 1; // SAFETY: eventfd takes and gives 8 bytes, which is what these variables have
        gate.Write(lease.Value, &one, sizeof(ulong)); // EAGAIN: it is readable already, which is all we want
    }

    /// <summary>Makes an event or timer descriptor unreadable again.</summary>
    public void Reset(SafeFdHandle wakeup)
    {
        using FdLease lease = wakeup.Lease();
        ulong count;
        gate.Read(lease.Value, &count, sizeof(ulong)); // EAGAIN: it was not readable
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // see Wait
    private static int ToMilliseconds(TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero)
        {
            return -1;
        }

        (long whole, long rest) = Math.DivRem(timeout.Ticks, TimeSpan.TicksPerMillisecond);
        return (int)Math.Min(int.MaxValue, rest == 0 ? whole : whole + 1);
    }

    private SafeFdHandle Own(string call, long result)
    {
        if (reporter.IsWatched)
        {
            reporter.Returned(call, string.Empty, result);
        }

        reporter.ThrowIfFailed(call, "descriptor for waiting", result);
        return new SafeFdHandle(gate, (int)result);
    }
}
