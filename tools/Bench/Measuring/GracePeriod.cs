namespace Bench.Measuring;

/// <summary>The time that the kernel takes to let go of a tracer.</summary>
internal static class GracePeriod
{
    // The end of a run detaches from tracepoints; whoever attaches within the grace period that follows waits for it.
    private static readonly TimeSpan s_length = TimeSpan.FromMilliseconds(80);

    /// <summary>Waits until what ended before is no burden to what comes.</summary>
    public static void Wait() => Thread.Sleep(s_length);
}
