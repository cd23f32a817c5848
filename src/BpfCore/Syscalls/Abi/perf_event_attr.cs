using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>
/// <c>struct perf_event_attr</c> up to <c>config2</c> (<c>PERF_ATTR_SIZE_VER1</c>); its flag bits are one word.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct perf_event_attr
{
    [FieldOffset(0)]
    public uint type;
    [FieldOffset(4)]
    public uint size;
    [FieldOffset(8)]
    public ulong config;
    [FieldOffset(16)]
    public ulong sample_period;
    [FieldOffset(24)]
    public ulong sample_type;
    [FieldOffset(32)]
    public ulong read_format;

    /// <summary>The bit fields from <c>disabled</c> (bit 0) on; bit 14 is <c>watermark</c>.</summary>
    [FieldOffset(40)]
    public ulong flag_bits;
    [FieldOffset(48)]
    public uint wakeup_events;
    [FieldOffset(48)]
    public uint wakeup_watermark;
    [FieldOffset(52)]
    public uint bp_type;
    [FieldOffset(56)]
    public ulong config1;
    [FieldOffset(56)]
    public ulong kprobe_func;
    [FieldOffset(56)]
    public ulong uprobe_path;
    [FieldOffset(64)]
    public ulong config2;
    [FieldOffset(64)]
    public ulong probe_offset;
}
