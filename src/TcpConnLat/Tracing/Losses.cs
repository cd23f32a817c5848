namespace TcpConnLat.Tracing;

/// <summary>Answered connects for which there is no row, as the BPF programs counted them.</summary>
/// <param name="Events">Those that found no room in the perf buffer (<c>lost_events</c>).</param>
/// <param name="Ringless">Those whose CPU had just come online and had no perf ring (<c>lost_ringless</c>).</param>
/// <param name="Refused">Those that the kernel refused to send for another reason (<c>lost_refused</c>).</param>
/// <param name="Starts">Those for whose start the map had no room (<c>lost_starts</c>).</param>
/// <param name="ClockAnomalies">Those that ended before they started (<c>clock_anomalies</c>).</param>
internal readonly record struct Losses(
    ulong Events, ulong Ringless, ulong Refused, ulong Starts, ulong ClockAnomalies)
{
    /// <summary>Whether there is anything to report.</summary>
    public bool Any => (Events | Ringless | Refused | Starts | ClockAnomalies) != 0;

    /// <summary>One line with a number for each cause; their sum is what is missing.</summary>
    public string Describe()
    {
        List<string> causes = [];
        AddCause(causes, Events, "perf buffer full");
        AddCause(causes, Ringless, "no perf ring on that CPU yet");
        AddCause(causes, Refused, "refused by the kernel");
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
