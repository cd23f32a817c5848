namespace BpfCore.Buffers;

/// <summary>
/// Layout of <c>BPF_MAP_TYPE_RINGBUF</c> and <c>BPF_MAP_TYPE_USER_RINGBUF</c>: <c>include/uapi/linux/bpf.h</c>, and
/// <c>struct bpf_ringbuf</c> of <c>kernel/bpf/ringbuf.c</c>.
/// </summary>
internal static class BpfRingNative
{
    // First word of a record: the length of its data, and two bits.
    public const uint BPF_RINGBUF_BUSY_BIT = 1u << 31;
    public const uint BPF_RINGBUF_DISCARD_BIT = 1u << 30;
    public const int BPF_RINGBUF_HDR_SZ = 8;

    public const uint BPF_F_RB_OVERWRITE = 1u << 19; // map_flags

    // struct bpf_ringbuf: producer_pos, pending_pos and overwrite_pos, the second of which readers do not need.
    public const int ProducerPosition = 0;
    public const int OverwritePosition = 16;
}
