namespace TcpConnLat.Tracing;

/// <summary>Answered connects for which there is no row, as the BPF programs counted them.</summary>
/// <param name="Events">Those that the perf buffer refused (<c>lost_events</c>).</param>
/// <param name="Starts">Those for whose start the map had no room (<c>lost_starts</c>).</param>
/// <param name="ClockAnomalies">Those that ended before they started (<c>clock_anomalies</c>).</param>
internal readonly record struct Losses(ulong Events, ulong Starts, ulong ClockAnomalies)
{
    /// <summary>Whether there is anything to report.</summary>
    public bool Any => (Events | Starts | ClockAnomalies) != 0;

    /// <summary>One line with a number for each cause; their sum is what is missing.</summary>
    public string Describe()
    {
        List<string> causes = [];
        AddCause(causes, Events, "perf buffer full");
        AddCause(causes, Starts, "map of connects in flight full");
        AddCause(causes, ClockAnomalies, "end before start");
        return $"connects without a row: {string.Join(", ", causes)}";
    }

    private static void AddCause(List<string> causes, ulong count, string cause)
    {
        if (count > 0)
        {
            causes.Add($"{count} ({cause})");
        }
    }
}
