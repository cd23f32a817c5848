namespace EventLoad;

/// <summary>What the reader's counters say was refused.</summary>
internal static class LostEvents
{
    /// <summary>Events for which there was no room, no ring, or another reason not to take them.</summary>
    /// <param name="bpf">The object, with the reader's global data.</param>
    public static ulong Read(EventBpf bpf)
    {
        EventBpf.LiveVariables counters = bpf.Variables;
        return counters.LostEvents + counters.LostRingless + counters.LostRefused;
    }
}
