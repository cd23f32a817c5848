namespace TcpConnLat.Tracing;

/// <summary>Answered connects for which there is no row, as the BPF programs counted them.</summary>
/// <param name="Events">Those that the perf buffer refused (<c>lost_events</c>).</param>
/// <param name="Starts">Those for whose start the map had no room (<c>lost_starts</c>).</param>
/// <param name="ClockAnomalies">Those that ended before they started (<c>clock_anomalies</c>).</param>
internal readonly record struct Losses(ulong Events, ulong Starts, ulong ClockAnomalies)
{
    /// <summary>Their sum.</summary>
    public ulong Total => Events + Starts + ClockAnomalies;

    /// <summary>One line that names the sum and each cause.</summary>
    public string Describe()
    {
        List<string> causes = [];
        AddCause(causes, Events, "found the perf buffer full");
        AddCause(causes, Starts, "found the map of connects in flight full");
        AddCause(causes, ClockAnomalies, "ended before they started");
        return $"{Total} connects have no row: {string.Join(", ", causes)}";
    }

    private static void AddCause(List<string> causes, ulong count, string cause)
    {
        if (count > 0)
        {
            causes.Add($"{count} {cause}");
        }
    }
}
