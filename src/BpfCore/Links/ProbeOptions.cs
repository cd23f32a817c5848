using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>How a kprobe or uprobe is made, and what goes with it.</summary>
public sealed record ProbeOptions
{
    /// <summary>Through the PMU or tracefs.</summary>
    public KprobeAttachMode Mode { get; init; }

    /// <summary>What <c>bpf_get_attach_cookie</c> gives the program (5.15); 0 for none.</summary>
    public ulong Cookie { get; init; }

    /// <summary>
    /// Of the return of a kernel function: how many calls may be under way at once and still be seen; 0 for the
    /// kernel's default. Only tracefs can set it, which <see cref="KprobeAttachMode.Auto"/> then chooses.
    /// </summary>
    public int MaximumActive { get; init; }

    /// <summary>Of a uprobe: the only process to probe; 0 for all. Not through tracefs.</summary>
    public int ProcessId { get; init; }

    /// <summary>
    /// Of a uprobe: offset in the file of a 16-bit counter that is above zero while somebody is attached (a semaphore
    /// of USDT, 4.20); 0 for none.
    /// </summary>
    public ulong SemaphoreOffset { get; init; }

    internal void CheckForKprobe(bool isReturn)
    {
        Check(ProcessId == 0, "a kprobe sees all processes", nameof(ProcessId));
        Check(SemaphoreOffset == 0, "a kprobe has no semaphore", nameof(SemaphoreOffset));
        Check(MaximumActive >= 0, "the number is negative", nameof(MaximumActive));
        Check(MaximumActive == 0 || isReturn, "only the return of a function has it", nameof(MaximumActive));
        Check(
            MaximumActive == 0 || Mode != KprobeAttachMode.Pmu,
            "the PMU cannot set it, only tracefs can",
            nameof(MaximumActive));
    }

    internal void CheckForUprobe()
    {
        Check(MaximumActive == 0, $"only a {nameof(KprobeTarget)} has it", nameof(MaximumActive));
        Check(ProcessId >= 0, "the process id is negative", nameof(ProcessId));
        Check(
            ProcessId == 0 || Mode != KprobeAttachMode.Tracefs, "tracefs probes all processes", nameof(ProcessId));
        Check(
            SemaphoreOffset <= uint.MaxValue, "the PMU takes offsets of 32 bits", nameof(SemaphoreOffset));
    }

    internal void CheckForUsdt()
    {
        CheckForUprobe();
        Check(SemaphoreOffset == 0, "the file says where the semaphore of a USDT probe is", nameof(SemaphoreOffset));
    }

    private static void Check(bool holds, string problem, string option)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(ProbeOptions)}.{option}: {problem}");
        }
    }
}
