using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>Kernel functions that are probed with one link. They are given by name or by address.</summary>
public sealed record KprobeSetTarget : AttachTarget
{
    /// <summary>Names of the functions as in /proc/kallsyms.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Addresses of the functions.</summary>
    public IReadOnlyList<ulong> Addresses { get; init; } = [];

    /// <summary>What <c>bpf_get_attach_cookie</c> gives at each of them, in their order; empty for none.</summary>
    public IReadOnlyList<ulong> Cookies { get; init; } = [];

    /// <summary>When the program runs.</summary>
    public MultiProbeKind Kind { get; init; }

    private int Count => Math.Max(Functions.Count, Addresses.Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} kernel functions ({Kind})";

    internal void Check()
    {
        if ((Functions.Count == 0) == (Addresses.Count == 0))
        {
            throw new ArgumentException($"either {nameof(Functions)} or {nameof(Addresses)} must be given");
        }

        if (Cookies.Count != 0 && Cookies.Count != Count)
        {
            throw new ArgumentException($"{Count} functions, but {Cookies.Count} cookies");
        }
    }
}
