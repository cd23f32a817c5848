namespace BpfCore.Programs;

/// <summary>Input of <see cref="BpfProgram.TestRun(TestRunOptions)"/>.</summary>
/// <remarks>
/// What a type of program takes differs: packet programs (XDP, TC, cgroup_skb, socket filter, flow dissector, LWT,
/// netfilter) need <see cref="Data"/> of at least the 14 bytes of an Ethernet header and may be given a
/// <see cref="Context"/>; raw tracepoints, sk_lookup and syscall programs take a <see cref="Context"/> alone; fentry,
/// fexit and fmod_ret programs run on functions that the kernel has for tests, and take nothing.
/// </remarks>
public sealed class TestRunOptions
{
    /// <summary>The packet, from its Ethernet header on; empty for programs that take none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>
    /// The context structure that the program gets: <c>struct xdp_md</c>, <c>struct __sk_buff</c>, the arguments of a
    /// raw tracepoint (8 bytes each), any bytes for a syscall program. Empty for one of the kernel's making.
    /// </summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>
    /// Room for the packet as the program leaves it, in bytes; null for a page more than <see cref="Data"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? DataCapacity { get => field; init => field = NotNegative(value); }

    /// <summary>
    /// Room for the context as the program leaves it, in bytes; null for the size of <see cref="Context"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ContextCapacity { get => field; init => field = NotNegative(value); }

    /// <summary>
    /// How often the program runs, all times over the same packet: what it changed, it finds changed. Only packet
    /// programs can be repeated.
    /// </summary>
    /// <remarks>
    /// A signal to this thread (the garbage collector sends some) makes the kernel begin anew, so a program may run
    /// more often in all than this.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int Repeat
    {
        get => field;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;

    /// <summary>Id of the CPU to run on (raw tracepoints only); null for the one of this thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Cpu { get => field; init => field = NotNegative(value); }

    /// <summary>
    /// Packets to a batch with <see cref="TestRunFlags.XdpLiveFrames"/>, at most 256; 0 for the kernel's 64.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int BatchSize { get => field; init => field = NotNegative(value)!.Value; }

    /// <summary>How the program is run.</summary>
    public TestRunFlags Flags { get; init; }

    private static int? NotNegative(int? value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(value));
        return value;
    }
}
