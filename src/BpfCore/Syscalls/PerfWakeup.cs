namespace BpfCore.Syscalls;

/// <summary>When a perf ring wakes its reader.</summary>
internal readonly record struct PerfWakeup
{
    private PerfWakeup(uint value, bool countsBytes)
    {
        Value = value;
        CountsBytes = countsBytes;
    }

    /// <summary>Number of records, or of bytes.</summary>
    public uint Value { get; }

    /// <summary>Whether <see cref="Value"/> counts bytes (<c>watermark</c>) rather than records.</summary>
    public bool CountsBytes { get; }

    /// <summary>After every <paramref name="count"/> records (<c>wakeup_events</c>).</summary>
    public static PerfWakeup AfterRecords(uint count) => new(count, countsBytes: false);

    /// <summary>When <paramref name="count"/> bytes are unread (<c>wakeup_watermark</c>).</summary>
    public static PerfWakeup AfterBytes(uint count) => new(count, countsBytes: true);
}
