using BpfCore.Btf;

namespace BpfCore.Specs;

/// <summary>A map as an object defines it. It may be changed until the object is loaded.</summary>
public sealed class MapSpec
{
    internal MapSpec(string name, string sectionName, MapType type)
    {
        Name = name;
        SectionName = sectionName;
        KernelName = name;
        Type = type;
    }

    /// <summary>Name in the object; of global data, that of its section (<c>.rodata</c>).</summary>
    public string Name { get; }

    /// <summary>The name that the kernel is given; of global data, <c>object.section</c> as libbpf forms it.</summary>
    public string KernelName { get; internal init; }

    /// <summary>The section that defines it: <c>.maps</c>, or the data section itself.</summary>
    public string SectionName { get; }

    /// <summary>Type of map.</summary>
    public MapType Type { get; set; }

    /// <summary>Size of a key in bytes.</summary>
    public uint KeySize { get; set; }

    /// <summary>Size of a value in bytes.</summary>
    public uint ValueSize { get; set; }

    /// <summary>
    /// Highest number of entries; 0 lets the loader choose where a type allows it (perf event arrays).
    /// </summary>
    public uint MaxEntries { get; set; }

    /// <summary>The <c>BPF_F_*</c> flags of <c>BPF_MAP_CREATE</c>.</summary>
    public uint Flags { get; set; }

    /// <summary>Additional parameter of some types (<c>map_extra</c>).</summary>
    public ulong Extra { get; set; }

    /// <summary>NUMA node to allocate on, with the flag <c>BPF_F_NUMA_NODE</c>.</summary>
    public uint NumaNode { get; set; }

    /// <summary>
    /// How the map is pinned: 0 not at all, 1 by name under the BPF file system (<c>LIBBPF_PIN_BY_NAME</c>).
    /// </summary>
    public uint Pinning { get; set; }

    /// <summary>
    /// Whether it is created together with the object. Instructions that refer to a map that is not are made invalid: a
    /// program loads only where they cannot be reached.
    /// </summary>
    public bool AutoCreate { get; set; } = true;

    /// <summary>BTF type of a key in the object's BTF; void when not known.</summary>
    public BtfTypeId KeyTypeId { get; internal set; }

    /// <summary>BTF type of a value in the object's BTF; void when not known.</summary>
    public BtfTypeId ValueTypeId { get; internal set; }

    /// <summary>Content of a map of global data, which it is created with; null for all other maps.</summary>
    /// <remarks>Variables of the object are views of these bytes: see <see cref="VariableSpec"/>.</remarks>
    public Memory<byte>? Contents { get; internal init; }

    /// <summary>True for constants (<c>.rodata</c>): the map is frozen once it has been filled.</summary>
    public bool IsFrozen { get; internal init; }

    /// <summary>Index of the section that defines it, for relocations.</summary>
    internal int SectionIndex { get; init; }

    /// <summary>Offset of its definition in that section, for relocations.</summary>
    internal ulong SectionOffset { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"map {Name}";
}
