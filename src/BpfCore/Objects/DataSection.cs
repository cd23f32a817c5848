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

    /// <summary>Whether the section is memory shared with the programs.</summary>
    public bool IsMapped
    {
        get
        {
            lock (_lock)
            {
                return TryMap(out _);
            }
        }
    }

    /// <summary>The shared memory itself; false where the kernel does not let it be mapped.</summary>
    public bool TryGetSpan(int offset, int length, out Span<byte> span)
    {
        lock (_lock)
        {
            bool isMapped = TryMap(out Span<byte> memory);
            span = isMapped ? memory.Slice(offset, length) : default;
            return isMapped;
        }
    }

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
            if (!TryMap(out _))
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

    private bool TryMap(out Span<byte> memory)
    {
        if (!_isTried && map.Arena is null && !spec.IsFrozen && (spec.Flags & MemoryMappable) != 0)
        {
            calls.Memory.TryMap(
                map.Handle, map.ValueSize, MemoryProtection.ReadWrite, MemorySharing.Shared, out _memory, out _);
        }

        _isTried = true;
        memory = map.Arena is { } arena ? arena.Variables : _memory is { } mapped ? mapped.GetSpan() : default;
        return map.Arena is not null || _memory is not null;
    }

    private Span<byte> Bytes()
    {
        if (TryMap(out Span<byte> memory))
        {
            return memory;
        }

        byte[] copy = new byte[map.ValueBufferSize];
        map.TryLookup(s_firstKey, copy);
        return copy;
    }
}
