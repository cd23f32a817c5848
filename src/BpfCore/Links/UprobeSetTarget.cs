using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>Places of a program or library that are probed with one link, given by name or by offset.</summary>
/// <param name="Path">Path of the ELF file, or a name that is searched as in <see cref="UprobeSymbolTarget"/>.</param>
public sealed record UprobeSetTarget(string Path) : AttachTarget
{
    /// <summary>Names of functions.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Offsets of instructions from the start of the file, in bytes.</summary>
    public IReadOnlyList<ulong> Offsets { get; init; } = [];

    /// <summary>
    /// Offsets in the file of counters as in <see cref="ProbeOptions.SemaphoreOffset"/>; empty for none.
    /// </summary>
    public IReadOnlyList<ulong> SemaphoreOffsets { get; init; } = [];

    /// <summary>What <c>bpf_get_attach_cookie</c> gives at each of them, in their order; empty for none.</summary>
    public IReadOnlyList<ulong> Cookies { get; init; } = [];

    /// <summary>When the program runs.</summary>
    public MultiProbeKind Kind { get; init; }

    /// <summary>The only process to probe; 0 for all.</summary>
    public int ProcessId { get; init; }

    private int Count => Math.Max(Symbols.Count, Offsets.Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} places of {Path} ({Kind})";

    internal void Check()
    {
        if ((Symbols.Count == 0) == (Offsets.Count == 0))
        {
            throw new ArgumentException($"either {nameof(Symbols)} or {nameof(Offsets)} must be given");
        }

        CheckCount(Cookies.Count, nameof(Cookies));
        CheckCount(SemaphoreOffsets.Count, nameof(SemaphoreOffsets));
        ArgumentOutOfRangeException.ThrowIfNegative(ProcessId);
    }

    private void CheckCount(int count, string what)
    {
        if (count != 0 && count != Count)
        {
            throw new ArgumentException($"{Count} places, but {count} {what}");
        }
    }
}
