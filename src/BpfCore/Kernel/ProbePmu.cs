using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>
/// The dynamic PMU that makes kprobes or uprobes out of <c>perf_event_open</c> (4.17,
/// <c>/sys/bus/event_source/devices</c>).
/// </summary>
/// <param name="Type">Number of the PMU: <c>perf_event_attr.type</c>.</param>
/// <param name="ReturnProbeConfig">The <c>config</c> that asks for a probe at the function's return.</param>
internal readonly record struct ProbePmu(uint Type, ulong ReturnProbeConfig)
{
    private const int SemaphoreShift = 32; // PERF_UPROBE_REF_CTR_OFFSET_SHIFT, kernel/events/core.c

    /// <summary>The <c>config</c> that names the counter of a USDT probe (4.20).</summary>
    /// <param name="fileOffset">Its offset in the file, below 4 GiB.</param>
    public static ulong SemaphoreConfig(ulong fileOffset) => fileOffset << SemaphoreShift;

    /// <summary>The PMU of the running kernel, or null when it has none.</summary>
    public static ProbePmu? Find(TracefsEventKind kind) => Find(KernelFiles.Host, kind);

    /// <summary>The PMU below <paramref name="files"/>, or null when there is none.</summary>
    public static ProbePmu? Find(KernelFiles files, TracefsEventKind kind)
    {
        string directory = DirectoryOf(kind);
        return TryParseType(files.TryRead($"{directory}/type"), out uint type)
            && TryParseBit(files.TryRead($"{directory}/format/retprobe"), out int bit)
                ? new ProbePmu(type, 1UL << bit)
                : null;
    }

    /// <summary>Where the PMU shows up.</summary>
    public static string DirectoryOf(TracefsEventKind kind) =>
        $"sys/bus/event_source/devices/{(kind == TracefsEventKind.Kprobe ? "kprobe" : "uprobe")}";

    private static bool TryParseType(string? text, out uint type) =>
        uint.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out type);

    /// <summary>Reads <c>config:0</c>, the place of the flag in <c>config</c>.</summary>
    private static bool TryParseBit(string? text, out int bit)
    {
        const string Field = "config:";
        ReadOnlySpan<char> place = text.AsSpan().Trim();
        bit = 0;
        return place.StartsWith(Field, StringComparison.Ordinal)
            && int.TryParse(place[Field.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out bit)
            && bit < 64;
    }
}
