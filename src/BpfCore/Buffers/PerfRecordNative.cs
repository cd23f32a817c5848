namespace BpfCore.Buffers;

/// <summary>
/// Records of a perf event that samples PERF_SAMPLE_RAW only, <c>enum perf_event_type</c> of
/// <c>include/uapi/linux/perf_event.h</c>.
/// </summary>
internal static class PerfRecordNative
{
    public const uint PERF_RECORD_LOST = 2;
    public const uint PERF_RECORD_SAMPLE = 9;

    // struct perf_event_header { u32 type; u16 misc; u16 size; }
    public const int SIZE_OFFSET = 6;

    // struct { struct perf_event_header header; u64 id; u64 lost; }
    public const int LOST_COUNT_OFFSET = 16;
    public const int LOST_SIZE = 24;

    // struct { struct perf_event_header header; u32 size; char data[size]; }
    public const int RAW_SIZE_OFFSET = 8;
    public const int RAW_DATA_OFFSET = 12;
}
