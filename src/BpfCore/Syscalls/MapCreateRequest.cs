namespace BpfCore.Syscalls;

/// <summary>Attributes of a map to be created (<c>BPF_MAP_CREATE</c>).</summary>
internal readonly ref struct MapCreateRequest
{
    /// <summary>
    /// Name the kernel shows; cut to 15 characters. Empty for kernels that know no names (before 4.15).
    /// </summary>
    public string Name { get; init; }

    /// <summary><c>enum bpf_map_type</c>.</summary>
    public uint Type { get; init; }

    /// <summary>Size of a key in bytes.</summary>
    public uint KeySize { get; init; }

    /// <summary>Size of a value in bytes.</summary>
    public uint ValueSize { get; init; }

    /// <summary>Highest number of entries; for ring buffers their size in bytes.</summary>
    public uint MaxEntries { get; init; }

    /// <summary><c>BPF_F_*</c> flags.</summary>
    public uint Flags { get; init; }

    /// <summary>NUMA node, for the flag <c>BPF_F_NUMA_NODE</c>.</summary>
    public uint NumaNode { get; init; }

    /// <summary>The template for the inner maps of a map of maps, or null.</summary>
    public SafeFdHandle? InnerMap { get; init; }

    /// <summary>BTF that describes key and value, or null.</summary>
    public SafeFdHandle? Btf { get; init; }

    /// <summary>Type of the key in <see cref="Btf"/>; 0 for none.</summary>
    public uint KeyTypeId { get; init; }

    /// <summary>Type of the value in <see cref="Btf"/>; 0 for none.</summary>
    public uint ValueTypeId { get; init; }

    /// <summary>Structure of the kernel that the values of a map of type struct_ops are; 0 for all others.</summary>
    public uint KernelValueTypeId { get; init; }

    /// <summary>BTF of the module that holds <see cref="KernelValueTypeId"/>; null for the kernel itself.</summary>
    public SafeFdHandle? KernelValueModule { get; init; }

    /// <summary><c>map_extra</c>: meaning depends on the type.</summary>
    public ulong Extra { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"map_name={Name} map_type={Type} key_size={KeySize} value_size={ValueSize} max_entries={MaxEntries} " +
        $"map_flags=0x{Flags:x} btf_key_type_id={KeyTypeId} btf_value_type_id={ValueTypeId}";
}
