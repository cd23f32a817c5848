using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct perf_event_header</c>: the head of every record in a perf ring.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct perf_event_header
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public ushort misc;
    [FieldOffset(6)]
    public ushort size;
}
