namespace BpfCore.Programs;

/// <summary>How a program is run by <see cref="BpfProgram.TestRun(TestRunOptions)"/>.</summary>
[Flags]
public enum TestRunFlags : uint
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>
    /// <c>BPF_F_TEST_XDP_LIVE_FRAMES</c> (5.18): what an XDP program decides about the packets is done with them.
    /// </summary>
    XdpLiveFrames = 1 << 1,

    /// <summary>
    /// <c>BPF_F_TEST_SKB_CHECKSUM_COMPLETE</c> (6.18): the packet carries a checksum (<c>CHECKSUM_COMPLETE</c>), which
    /// is compared afterwards.
    /// </summary>
    SkbChecksumComplete = 1 << 2,
}
