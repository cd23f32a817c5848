using BpfCore.Btf;

namespace BpfCore.Specs;

/// <summary>A map as an object defines it. It may be changed until the object is loaded.</summary>
public sealed class MapSpec
{
    // Almost no map is filled with others, and what makes these is compiled at every start under the JIT.
    private SortedDictionary<uint, MapSpec>? _initialMaps;
    private SortedDictionary<uint, ProgramSpec>? _initialPrograms;

    /// <summary>A map that no object defines; its sizes are set before it is created.</summary>
    /// <param name="name">Name, also for the kernel, which keeps the first 15 characters.</param>
    /// <param name="type">Type of map.</param>
    public MapSpec(string name, MapType type)
        : this(name, string.Empty, type)
    {
        ArgumentNullException.ThrowIfNull(name);
    }

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
    /// What the maps inside a map of maps look like: the kernel is shown one such map when it creates this one. Null
    /// for all other types, and for a map of maps whose definition does not say.
    /// </summary>
    public MapSpec? Inner { get; set; }

    /// <summary>The maps that a map of maps is filled with, by their keys.</summary>
    public IDictionary<uint, MapSpec> InitialMaps => _initialMaps ??= new();

    /// <summary>
    /// The programs that a program array is filled with once they are loaded, by their indices. All of them have to be
    /// loaded with the object.
    /// </summary>
    public IDictionary<uint, ProgramSpec> InitialPrograms => _initialPrograms ??= new();

    /// <summary>Whether there may be something in <see cref="InitialMaps"/>.</summary>
    internal bool HasInitialMaps => _initialMaps is not null;

    /// <summary>Whether there may be something in <see cref="InitialPrograms"/>.</summary>
    internal bool HasInitialPrograms => _initialPrograms is not null;

    /// <summary>What a map of type <see cref="MapType.StructOps"/> implements; null for all other maps.</summary>
    public StructOpsSpec? StructOps { get; internal init; }

    /// <summary>
    /// Whether the map is created when the object is loaded. Instructions that refer to one that is not are made
    /// invalid: a program loads only where they cannot be reached. False by default for operations in a section that
    /// begins with <c>?</c>.
    /// </summary>
    public bool AutoCreate { get; set; } = true;

    /// <summary>BTF type of a key in the object's BTF; void when not known.</summary>
    public BtfTypeId KeyTypeId { get; internal set; }

    /// <summary>BTF type of a value in the object's BTF; void when not known.</summary>
    public BtfTypeId ValueTypeId { get; internal set; }

    /// <summary>
    /// Content of the global variables, which the map is created with: the whole value of a data section, a part of an
    /// arena (see <see cref="ContentsOffset"/>); null for all other maps.
    /// </summary>
    /// <remarks>Variables of the object are views of these bytes: see <see cref="VariableSpec"/>.</remarks>
    public Memory<byte>? Contents { get; internal set; }

    /// <summary>
    /// Where in the map <see cref="Contents"/> begin, in bytes: in an arena, on the first page of those at its end
    /// that hold them; 0 for data sections.
    /// </summary>
    public ulong ContentsOffset => Type == MapType.Arena && Contents is { } contents
        ? ArenaSize - RoundUpToPage((ulong)contents.Length)
        : 0;

    /// <summary>True for constants (<c>.rodata</c>): the map is frozen once it has been filled.</summary>
    public bool IsFrozen { get; internal init; }

    /// <summary>Index of the section that defines it, for relocations.</summary>
    internal int SectionIndex { get; init; }

    /// <summary>Index of the section with the variables of an arena; 0 for none, and for all other maps.</summary>
    internal int ArenaSectionIndex { get; set; }

    /// <summary>Offset of its definition in that section, for relocations.</summary>
    internal ulong SectionOffset { get; init; }

    /// <summary>Size of an arena in bytes; its entries are pages.</summary>
    internal ulong ArenaSize => MaxEntries * (ulong)Environment.SystemPageSize;

    /// <inheritdoc/>
    public override string ToString() => $"map {Name}";

    private static ulong RoundUpToPage(ulong size)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        return (size + page - 1) / page * page;
    }
}
