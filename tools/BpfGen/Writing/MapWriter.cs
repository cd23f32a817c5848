using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfGen.Writing;

/// <summary>Writes the classes with a property for each map: one before the load, one after it.</summary>
internal sealed class MapWriter(GeneratedClass target, CodeWriter code)
{
    private const string Maps = "global::BpfCore.Maps";
    private const string SpecClass = "MapSpecs";
    private const string LiveClass = "LiveMaps";

    /// <summary>Names of the classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [SpecClass, LiveClass];

    /// <summary>Writes both classes.</summary>
    public void Write()
    {
        WriteSpecs();
        WriteLive();
    }

    private void WriteSpecs()
    {
        code.Summary("The maps before the load: sizes, flags and pinning may still be changed.");
        code.Open($"public sealed class {SpecClass}");
        code.Line("private readonly global::BpfCore.Specs.BpfObjectSpec _object;");
        code.Separate();
        code.Line($"internal {SpecClass}(global::BpfCore.Specs.BpfObjectSpec bpf) => _object = bpf;");
        foreach ((string property, MapSpec map) in Named(SpecClass))
        {
            code.Summary($"{XmlText.Code(map.Name)}: {target.DescribeMap(map)}.");
            code.Line($"public global::BpfCore.Specs.MapSpec {property} => _object.Maps[{Literal.Of(map.Name)}];");
        }

        code.Close();
    }

    private void WriteLive()
    {
        code.Summary("The maps in the kernel.");
        code.Open($"public sealed class {LiveClass}");
        code.Line("private readonly global::BpfCore.Objects.BpfObject _object;");
        code.Separate();
        code.Line($"internal {LiveClass}(global::BpfCore.Objects.BpfObject bpf) => _object = bpf;");
        foreach ((string property, MapSpec map) in Named(LiveClass))
        {
            string lookup = $"_object.Maps[{Literal.Of(map.Name)}]";
            code.Summary($"{XmlText.Code(map.Name)}: {target.DescribeMap(map)}.");
            code.Line(ViewOf(map) is { } view
                ? $"public {view} {property} => field ??= new({lookup});"
                : $"public {Maps}.BpfMap {property} => {lookup};");
        }

        code.Close();
    }

    private IReadOnlyList<(string Property, MapSpec Part)> Named(string owner) =>
        NamedParts.Name(owner, target.Interface.Maps, static map => map.Name);

    // The typed view of a map, or null where its keys and values are no plain structures.
    private string? ViewOf(MapSpec map)
    {
        string? key = TypeOf(map.KeyTypeId, map.KeySize);
        string? value = TypeOf(map.ValueTypeId, map.ValueSize);
        return map.Type switch
        {
            MapType.Hash or MapType.Array or MapType.LruHash or MapType.LpmTrie or MapType.ResizableHash
                when key is not null && value is not null => $"{Maps}.BpfMap<{key}, {value}>",
            MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash
                when key is not null && value is not null => $"{Maps}.PerCpuMap<{key}, {value}>",
            MapType.ArrayOfMaps or MapType.HashOfMaps when key is not null => $"{Maps}.MapOfMaps<{key}>",
            MapType.Queue or MapType.Stack when value is not null => $"{Maps}.QueueMap<{value}>",
            MapType.BloomFilter when value is not null => $"{Maps}.BloomFilterMap<{value}>",
            MapType.SkStorage or MapType.TaskStorage or MapType.InodeStorage or MapType.CgroupStorage
                when value is not null => $"{Maps}.LocalStorageMap<{value}>",
            _ => null,
        };
    }

    private string? TypeOf(BtfTypeId id, uint size) =>
        id.IsVoid ? target.Types.FindOfSize(size) : target.Types.Find(id);
}
