using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>
/// Memory that programs and this process share at the same addresses: a pointer into the arena that a program stores
/// is one that this process may follow (<see cref="MapType.Arena"/>, Linux 6.9).
/// </summary>
/// <remarks>
/// The map owns it. Pages exist from their first use on, by a program (<c>bpf_arena_alloc_pages</c>) or by touching
/// them here. Programs write to it at any time.
/// </remarks>
public sealed class BpfArena : IDisposable
{
    private readonly MappedRegion _region;
    private readonly int _variablesLength;

    private BpfArena(MappedRegion region, ulong variablesOffset, int variablesLength)
    {
        _region = region;
        _variablesLength = variablesLength;
        VariablesOffset = variablesOffset;
    }

    /// <summary>Address of its first byte, in this process and in the pointers that programs store.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public ulong Address => _region.Address;

    /// <summary>Size in bytes: a page for each entry of the map.</summary>
    public ulong Size => _region.Size;

    /// <summary>Where in the arena the object's global variables begin, in bytes.</summary>
    internal ulong VariablesOffset { get; }

    /// <summary>The object's global variables in the arena.</summary>
    internal Span<byte> Variables => _region.Slice(VariablesOffset, _variablesLength);

    /// <summary>Bytes of the arena, valid until the object is disposed.</summary>
    /// <param name="offset">Where they begin, in bytes from <see cref="Address"/>.</param>
    /// <param name="length">Number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie within the arena.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public Span<byte> GetSpan(ulong offset, int length) => _region.Slice(offset, length);

    /// <summary>Unmaps the arena from this process; programs go on using it.</summary>
    public void Dispose() => _region.Dispose();

    /// <summary>Maps a new arena, which programs need before they are loaded, and sets its variables.</summary>
    /// <param name="calls">The kernel.</param>
    /// <param name="map">The map.</param>
    /// <param name="spec">The map as the object defines it; its extra parameter is the address, or 0 for any.</param>
    /// <param name="variablesOffset">Where the variables go.</param>
    internal static BpfArena Map(SystemCalls calls, SafeFdHandle map, MapSpec spec, ulong variablesOffset)
    {
        ReadOnlySpan<byte> variables = spec.Contents is { } contents ? contents.Span : default;
        if (!calls.Memory.TryMapRegion(map, spec.Extra, spec.ArenaSize, out MappedRegion? region, out Errno error))
        {
            throw calls.Failure(MemorySyscall.MapCall, $"map {spec.Name}", error);
        }

        BpfArena arena = new(region, variablesOffset, variables.Length);
        variables.CopyTo(arena.Variables);
        return arena;
    }
}
