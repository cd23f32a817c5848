namespace BpfCore.Syscalls;

/// <summary>A run of a program over given input (<c>BPF_PROG_TEST_RUN</c>). Buffers may be empty.</summary>
internal readonly ref struct TestRunRequest
{
    /// <summary>The packet, for types that take one.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Receives the packet as the program left it.</summary>
    public Span<byte> DataOut { get; init; }

    /// <summary>The context structure. Programs of type syscall write to it.</summary>
    public Span<byte> Context { get; init; }

    /// <summary>Receives the context as the program left it.</summary>
    public Span<byte> ContextOut { get; init; }

    /// <summary>Number of runs; 0 for one, which is all that some types take.</summary>
    public uint Repeat { get; init; }

    /// <summary><c>BPF_F_TEST_*</c> flags.</summary>
    public uint Flags { get; init; }

    /// <summary>The CPU to run on, with <c>BPF_F_TEST_RUN_ON_CPU</c>.</summary>
    public uint Cpu { get; init; }

    /// <summary>Packets to a batch, with <c>BPF_F_TEST_XDP_LIVE_FRAMES</c>; 0 for the kernel's choice.</summary>
    public uint BatchSize { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"data_size_in={Data.Length} data_size_out={DataOut.Length} ctx_size_in={Context.Length} " +
        $"ctx_size_out={ContextOut.Length} repeat={Repeat} flags=0x{Flags:x} cpu={Cpu} batch_size={BatchSize}";
}
