using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>What the kernel tells about a map (<c>struct bpf_map_info</c>).</summary>
public sealed record MapInfo
{
    /// <summary>Number of the map, unique until the machine restarts.</summary>
    public required uint Id { get; init; }

    /// <summary>Name, cut to 15 characters; empty when it was created without one.</summary>
    public required string Name { get; init; }

    /// <summary>Type of map.</summary>
    public required MapType Type { get; init; }

    /// <summary>Size of a key in bytes.</summary>
    public required uint KeySize { get; init; }

    /// <summary>Size of a value in bytes; of a per-CPU map, of the value on one CPU.</summary>
    public required uint ValueSize { get; init; }

    /// <summary>Highest number of entries; the size in bytes of a ring buffer.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>The <c>BPF_F_*</c> flags it was created with.</summary>
    public required uint Flags { get; init; }

    /// <summary>Additional parameter of some types (<c>map_extra</c>, since Linux 5.16).</summary>
    public ulong Extra { get; init; }

    /// <summary>Number of the BTF that describes key and value; 0 for none.</summary>
    public uint BtfId { get; init; }

    /// <summary>Type of a key in that BTF; 0 for none.</summary>
    public uint KeyTypeId { get; init; }

    /// <summary>Type of a value in that BTF; 0 for none.</summary>
    public uint ValueTypeId { get; init; }
}
