using BpfCore.Maps;
using BpfCore.Syscalls;

namespace BpfCore.Buffers;

/// <summary>Owner of the two mappings of a ring buffer map: consumer page, and producer page with the data
/// twice.</summary>
internal sealed class MapRing : IDisposable
{
    private readonly MappedMemory _consumer;
    private readonly MappedMemory _producer;

    private MapRing(MappedMemory consumer, MappedMemory producer)
    {
        (_consumer, _producer) = (consumer, producer);
    }

    /// <summary>The consumer page.</summary>
    public Memory<byte> Consumer => _consumer.Memory;

    /// <summary>The producer page, the data and the data again.</summary>
    public Memory<byte> Producer => _producer.Memory;

    /// <summary>Maps a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="side">Which position is this process's to write.</param>
    /// <exception cref="ArgumentException">The ring is too large to be mapped twice.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static MapRing Open(BpfMap map, MapRingSide side)
    {
        int page = Environment.SystemPageSize;
        long length = page + (2L * map.MaxEntries);
        if (length > int.MaxValue)
        {
            throw new ArgumentException(
                $"map {map.Name} has a ring of {map.MaxEntries} bytes, at most {1 << 29} can be mapped", nameof(map));
        }

        MappedMemory consumer = Map(map, 0, page, Protection(side == MapRingSide.Consumer));
        try
        {
            return new MapRing(consumer, Map(map, page, (int)length, Protection(side == MapRingSide.Producer)));
        }
        catch
        {
            ((IDisposable)consumer).Dispose();
            throw;
        }
    }

    /// <summary>Unmaps both.</summary>
    public void Dispose()
    {
        ((IDisposable)_producer).Dispose();
        ((IDisposable)_consumer).Dispose();
    }

    // The kernel lets each side write its own position, and the producer the data.
    private static MemoryProtection Protection(bool isOurs) =>
        isOurs ? MemoryProtection.ReadWrite : MemoryProtection.Read;

    private static MappedMemory Map(BpfMap map, long offset, int length, MemoryProtection protection)
    {
        map.Calls.Memory.TryMapAt(
            map.Handle,
            offset,
            length,
            protection,
            MemorySharing.Shared,
            out MappedMemory? memory,
            out Errno error);
        return memory ?? throw map.Calls.Failure(MemorySyscall.MapCall, $"ring buffer {map.Name}", error);
    }
}
