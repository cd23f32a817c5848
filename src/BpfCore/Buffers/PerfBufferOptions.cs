using System.Numerics;

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
    /// the threshold, so every poll then looks into all rings when it returns: the timeout of the polls bounds how
    /// long a record can wait.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int WakeupEvents
    {
        get;
        init => field = ValidateWakeupEvents(value);
    } = 1;

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

    private static int ValidateWakeupEvents(int records)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(records, nameof(WakeupEvents));
        return records;
    }
}
