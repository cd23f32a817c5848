using System.Runtime.InteropServices;

namespace BpfCore.Buffers;

/// <summary>The two positions in the first page of a mapped perf event (<c>struct perf_event_mmap_page</c>).</summary>
internal static class PerfControlPage
{
    /// <summary>The kernel's position: end of the last complete record.</summary>
    public static ref ulong DataHead(Span<byte> mapping) => ref Field(mapping, PerfRecordNative.DATA_HEAD_OFFSET);

    /// <summary>The reader's position: the kernel may overwrite all that comes before it.</summary>
    public static ref ulong DataTail(Span<byte> mapping) => ref Field(mapping, PerfRecordNative.DATA_TAIL_OFFSET);

    private static ref ulong Field(Span<byte> mapping, int offset) =>
        ref MemoryMarshal.AsRef<ulong>(mapping.Slice(offset, sizeof(ulong)));
}
