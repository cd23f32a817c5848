using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>
/// <c>struct perf_event_mmap_page</c>, the first page of a mapped perf ring, as far as this library reads it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 1088)]
internal struct perf_event_mmap_page
{
    [FieldOffset(0)]
    public uint version;
    [FieldOffset(4)]
    public uint compat_version;
    [FieldOffset(1024)]
    public ulong data_head;
    [FieldOffset(1032)]
    public ulong data_tail;
    [FieldOffset(1040)]
    public ulong data_offset;
    [FieldOffset(1048)]
    public ulong data_size;
}
