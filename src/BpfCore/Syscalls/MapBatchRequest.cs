namespace BpfCore.Syscalls;

/// <summary>Several elements of a map at once (<c>BPF_MAP_*_BATCH</c>).</summary>
internal readonly ref struct MapBatchRequest
{
    /// <summary>Which of the four commands.</summary>
    public BpfCommand Command { get; init; }

    /// <summary>Where to go on, as the kernel wrote it to <see cref="NextPosition"/>; empty for the start.</summary>
    public ReadOnlySpan<byte> Position { get; init; }

    /// <summary>Receives where to go on; empty for updates and deletions.</summary>
    public Span<byte> NextPosition { get; init; }

    /// <summary>
    /// The keys, at least <see cref="Count"/>; a look-up writes to them, so they must be writable then.
    /// </summary>
    public ReadOnlySpan<byte> Keys { get; init; }

    /// <summary>The values, as <see cref="Keys"/>; empty for deletions.</summary>
    public ReadOnlySpan<byte> Values { get; init; }

    /// <summary>Number of elements that the buffers hold, or have room for.</summary>
    public uint Count { get; init; }
}
