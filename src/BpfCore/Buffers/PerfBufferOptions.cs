using System.Numerics;
using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>How a <see cref="PerfBuffer"/> is set up. All values are checked when they are set.</summary>
public sealed class PerfBufferOptions
{
    /// <summary>The value of <see cref="PagesPerCpu"/> when none is given.</summary>
    public const int DefaultPagesPerCpu = 64;

    /// <summary>
    /// Size of each CPU's ring in memory pages (<see cref="Environment.SystemPageSize"/>), a power of two. One page
    /// more per CPU holds the ring's positions.
    /// </summary>
    /// <remarks>
    /// The default of 64 pages (256 KiB with pages of 4 KiB) takes bursts of some thousand small records per CPU and
    /// stays below the memory that an unprivileged user may lock per CPU (<c>perf_event_mlock_kb</c>, 516 KiB).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not a power of two, or a ring of 2 GiB or more.</exception>
    public int PagesPerCpu
    {
        get;
        init => field = ValidatePages(value);
    } = DefaultPagesPerCpu;

    /// <summary>
    /// Number of records a CPU writes before it wakes a waiting poll (<c>perf_event_attr.wakeup_events</c>), at least
    /// 1, which is the default: every record wakes at once.
    /// </summary>
    /// <remarks>
    /// A wake-up costs the writing CPU far more than the record itself. With a value above 1 records may stay below
    /// the threshold: <see cref="MaximumDelay"/> bounds how long.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int WakeupEvents
    {
        get;
        init => field = ValidateAtLeast(value, 1, nameof(WakeupEvents));
    } = 1;

    /// <summary>
    /// Number of unread bytes in a CPU's ring at which a waiting poll is woken
    /// (<c>perf_event_attr.wakeup_watermark</c>), in place of <see cref="WakeupEvents"/>; 0, the default, for none. The
    /// kernel wakes at the latest when the ring is full.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int WakeupBytes
    {
        get;
        init => field = ValidateAtLeast(value, 0, nameof(WakeupBytes));
    }

    /// <summary>
    /// Whether batches, where <see cref="WakeupEvents"/> or <see cref="WakeupBytes"/> ask for them, are made always,
    /// which is the default, or only while records come fast.
    /// </summary>
    public WakeupBatching Batching { get; init; }

    /// <summary>
    /// How late a record may be delivered to a poll that waits all the time, where wake-ups are batched
    /// (<see cref="WakeupEvents"/>, <see cref="WakeupBytes"/>): the poll looks into all rings at least this often. At
    /// least 1 ms; the default is 100 ms. Without batches a record wakes the poll at once, and this does nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than a millisecond, or more than a day.</exception>
    public TimeSpan MaximumDelay
    {
        get;
        init => field = ValidateDelay(value);
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// What goes when a ring is full: the record that a program sends (<see cref="PerfBufferFullMode.DropNewest"/>, the
    /// default), or the oldest ones in the ring.
    /// </summary>
    public PerfBufferFullMode FullMode { get; init; }

    internal bool IsBatched => WakeupEvents > 1 || WakeupBytes > 0;

    internal bool IsBatchedUnderLoad => IsBatched && Batching == WakeupBatching.UnderLoad;

    internal PerfWakeup Wakeup => WakeupBytes > 0
        ? PerfWakeup.AfterBytes((uint)WakeupBytes)
        : PerfWakeup.AfterRecords((uint)WakeupEvents);

    /// <exception cref="ArgumentException">
    /// Two ways to batch are asked for, or batches under load of rings that overwrite.
    /// </exception>
    internal void ThrowIfContradictory()
    {
        if (WakeupEvents > 1 && WakeupBytes > 0)
        {
            throw new ArgumentException(
                $"{nameof(WakeupEvents)} = {WakeupEvents} and {nameof(WakeupBytes)} = {WakeupBytes} exclude each "
                + "other: the kernel counts records or bytes");
        }

        if (IsBatchedUnderLoad && FullMode == PerfBufferFullMode.DropOldest)
        {
            throw new ArgumentException(
                $"{nameof(WakeupBatching)}.{nameof(WakeupBatching.UnderLoad)} and {nameof(PerfBufferFullMode)}."
                + $"{nameof(PerfBufferFullMode.DropOldest)} exclude each other: a ring that overwrites is not read as "
                + "fast as it is written");
        }
    }

    private static int ValidatePages(int pages)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pages, nameof(PagesPerCpu));
        if (!BitOperations.IsPow2(pages))
        {
            throw new ArgumentOutOfRangeException(
                nameof(pages), pages, $"{nameof(PagesPerCpu)} must be a power of two: the kernel maps no other rings.");
        }

        int most = (int.MaxValue / Environment.SystemPageSize) - 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pages, most, nameof(PagesPerCpu));
        return pages;
    }

    private static int ValidateAtLeast(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }

    private static TimeSpan ValidateDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.FromMilliseconds(1), nameof(MaximumDelay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromDays(1), nameof(MaximumDelay));
        return delay;
    }
}
