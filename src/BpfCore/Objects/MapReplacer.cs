using BpfCore.Maps;
using BpfCore.Specs;

namespace BpfCore.Objects;

/// <summary>Maps that exist already and take the place of those of an object.</summary>
/// <param name="replacements">The maps, by the names of those they replace; they stay their owner's.</param>
internal sealed class MapReplacer(IReadOnlyDictionary<string, BpfMap> replacements)
{
    /// <summary>Refuses replacements of maps that the object lacks.</summary>
    /// <exception cref="ArgumentException">A name is none of the object's.</exception>
    public void ThrowIfUnknown(SpecCollection<MapSpec> maps)
    {
        foreach (string name in replacements.Keys)
        {
            if (!maps.TryGet(name, out _))
            {
                throw new ArgumentException(
                    $"{nameof(BpfLoadOptions.MapReplacements)} names '{name}', but the object has no such map");
            }
        }
    }

    /// <summary>The map that takes the place of one of the object; null when there is none.</summary>
    /// <exception cref="BpfMapMismatchException">It is another kind of map.</exception>
    /// <exception cref="SyscallException">The kernel does not tell what kind of map it is.</exception>
    public BpfMap? Find(MapSpec spec)
    {
        if (!replacements.TryGetValue(spec.Name, out BpfMap? map))
        {
            return null;
        }

        List<string> differences = MapDifferences.Of(map.GetInfo(), spec);
        return differences.Count == 0 ? map : throw BpfMapMismatchException.Given(spec.Name, differences);
    }
}
