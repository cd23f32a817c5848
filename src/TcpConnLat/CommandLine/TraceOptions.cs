using TcpConnLat.Attach;

namespace TcpConnLat.CommandLine;

/// <summary>What to trace and how to show it; the defaults are those of a call without arguments.</summary>
internal sealed record TraceOptions
{
    /// <summary>Show only connects of this process (TGID); null for all.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>Show only connects that took at least this long, in nanoseconds; 0 for all.</summary>
    public ulong MinimumLatencyNanoseconds { get; init; }

    /// <summary>Show only connects of one IP version.</summary>
    public IpVersionFilter IpVersion { get; init; }

    /// <summary>The way to attach; null to take the best one that works.</summary>
    public AttachWay? ForcedWay { get; init; }

    /// <summary>Which columns a row has beyond the usual ones.</summary>
    public ExtraColumns Columns { get; init; }

    /// <summary>Whether every step of loading and attaching is shown on standard error.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>
    /// After how many events of a CPU the tool is woken, 1 for each event; null to batch only under load.
    /// </summary>
    public int? Batch { get; init; }

    /// <summary>Stop after this many rows; null to go on.</summary>
    public long? Count { get; init; }

    /// <summary>Stop after this time, counted from the header; null to go on.</summary>
    public TimeSpan? Duration { get; init; }
}
