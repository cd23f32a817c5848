namespace BpfCore.Buffers;

/// <summary>
/// Layout of a mapped perf event and of its records where only PERF_SAMPLE_RAW is sampled,
/// include/uapi/linux/perf_event.h.
/// </summary>
internal static class PerfRecordNative
{
    // struct perf_event_mmap_page
    public const int DATA_HEAD_OFFSET = 1024;
    public const int DATA_TAIL_OFFSET = 1032;

    // enum perf_event_type
    public const uint PERF_RECORD_LOST = 2;
    public const uint PERF_RECORD_SAMPLE = 9;

    // struct { struct perf_event_header header; u64 id; u64 lost; }
    public const int LOST_COUNT_OFFSET = 16;
    public const int LOST_SIZE = 24;

    // struct { struct perf_event_header header; u32 size; char data[size]; }
    public const int RAW_SIZE_OFFSET = 8;
    public const int RAW_DATA_OFFSET = 12;
}
