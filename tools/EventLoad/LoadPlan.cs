namespace EventLoad;

/// <summary>How many events are made for whom, and how fast.</summary>
internal sealed record LoadPlan
{
    /// <summary>Events that one run of the program makes at most (<c>MOST_EVENTS_A_RUN</c>).</summary>
    public const uint LargestBurst = 256;

    /// <summary>The process that reads the events.</summary>
    public required int ReaderId { get; init; }

    /// <summary>Number of events.</summary>
    public required long Events { get; init; }

    /// <summary>Events a second; 0 for as many as can be made.</summary>
    public long Rate { get; init; }

    /// <summary>Events made at once, one right after the other.</summary>
    public uint Burst { get; init; } = 1;

    /// <summary>Id of the CPU that makes them; null for any.</summary>
    public int? Cpu { get; init; }

    /// <summary>4 or 6, or 0 for both in turn.</summary>
    public uint IpVersion { get; init; }
}
