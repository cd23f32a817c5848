using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Specs;

namespace BpfCore.Programs;

/// <summary>A view of a program array, whose programs others continue with (tail calls). It owns nothing.</summary>
public sealed class ProgramArray
{
    /// <summary>Makes a view.</summary>
    /// <param name="map">A program array.</param>
    /// <exception cref="ArgumentException">The map is of another type.</exception>
    public ProgramArray(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        MapTypeCheck.ThrowIfNot(map, "a program array", MapType.ProgramArray);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts a program in, or another in its place. Callers see the change at once.</summary>
    /// <param name="index">The index.</param>
    /// <param name="program">A program of the callers' type; the array holds it from then on.</param>
    /// <exception cref="SyscallException">
    /// The kernel refused: E2BIG for an index past the end, EINVAL for a program of another type.
    /// </exception>
    public void Set(uint index, BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Map.SetDescriptor(Bytes(in index), program.Handle);
    }

    /// <summary>Finds the number of a program.</summary>
    /// <param name="index">The index.</param>
    /// <param name="id">Its number, as <see cref="ProgramInfo.Id"/>.</param>
    /// <returns>False if the place is empty.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryGetId(uint index, out uint id)
    {
        id = 0;
        return Map.TryLookup(Bytes(in index), MemoryMarshal.AsBytes(new Span<uint>(ref id)));
    }

    /// <summary>Empties a place.</summary>
    /// <param name="index">The index.</param>
    /// <returns>False if it is empty already.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool Remove(uint index) => Map.TryDelete(Bytes(in index));

    private static ReadOnlySpan<byte> Bytes(in uint index) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in index));
}
