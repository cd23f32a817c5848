namespace TcpConnLat.LiveTests.Harness;

/// <summary>What this kernel has beyond what every live test needs.</summary>
internal static class KernelOffers
{
    /// <summary>Whether functions can be probed at their entry: kprobes are compiled in.</summary>
    public static bool EntryProbes { get; } = File.Exists("/sys/bus/event_source/devices/kprobe/type");
}
