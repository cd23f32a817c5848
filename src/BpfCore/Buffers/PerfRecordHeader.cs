using System.Buffers.Binary;

namespace BpfCore.Buffers;

/// <summary>The 8 bytes every perf record starts with (<c>struct perf_event_header</c>).</summary>
/// <remarks>
/// <code>
/// | 63 .. 48 | 47 .. 32 | 31 .. 0 |
/// |   size   |   misc   |  type   |
/// </code>
/// </remarks>
/// <param name="Type">Kind of record, <c>PERF_RECORD_*</c>.</param>
/// <param name="Size">Size of the record with this header, in bytes.</param>
internal readonly record struct PerfRecordHeader(uint Type, ushort Size)
{
    public const int Length = 8;

    public static PerfRecordHeader Read(ReadOnlySpan<byte> record)
    {
        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(record);
        return new PerfRecordHeader(unchecked((uint)bits), (ushort)(bits >> 48));
    }
}
