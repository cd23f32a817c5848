using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Objects;

/// <summary>The live bytes of a section of global data, which is the one element of an array map.</summary>
/// <remarks>
/// Memory of the map itself where the kernel lets it be mapped (<c>BPF_F_MMAPABLE</c>, 5.5): setting a variable then
/// touches no other. Elsewhere the whole element is read, changed and written back, and what programs write to it
/// between the two is lost.
/// </remarks>
internal sealed class DataSection(SystemCalls calls, BpfMap map, MapSpec spec) : IDisposable
{
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE, include/uapi/linux/bpf.h
    private static readonly byte[] s_firstKey = new byte[sizeof(uint)];

    private readonly Lock _lock = new();
    private MappedMemory? _memory;
    private bool _isTried;

    /// <summary>Copies bytes of the section.</summary>
    public void Read(int offset, Span<byte> destination)
    {
        lock (_lock)
        {
            Bytes().Slice(offset, destination.Length).CopyTo(destination);
        }
    }

    /// <summary>Changes bytes of the section.</summary>
    public void Write(int offset, ReadOnlySpan<byte> source)
    {
        lock (_lock)
        {
            Span<byte> bytes = Bytes();
            source.CopyTo(bytes[offset..]);
            if (_memory is null && map.Arena is null)
            {
                map.Update(s_firstKey, bytes);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            ((IDisposable?)_memory)?.Dispose();
        }
    }

    private Span<byte> Bytes()
    {
        if (map.Arena is { } arena)
        {
            return arena.Variables;
        }

        if (!_isTried && !spec.IsFrozen && (spec.Flags & MemoryMappable) != 0)
        {
            calls.Memory.TryMap(
                map.Handle, map.ValueSize, MemoryProtection.ReadWrite, MemorySharing.Shared, out _memory, out _);
        }

        _isTried = true;
        if (_memory is not null)
        {
            return _memory.GetSpan();
        }

        byte[] copy = new byte[map.ValueBufferSize];
        map.TryLookup(s_firstKey, copy);
        return copy;
    }
}
