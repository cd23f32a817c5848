using BpfCore.Kernel;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>What keeps a map that exists from being the one that an object defines.</summary>
internal static class MapDifferences
{
    // The kernel sets it on every device map by itself (kernel/bpf/devmap.c), BPF_F_RDONLY_PROG.
    private const uint ReadOnlyForPrograms = 1 << 7;

    /// <summary>The differences in words, for example <c>value size 8, expected 16</c>; empty for none.</summary>
    /// <param name="found">The map that exists.</param>
    /// <param name="spec">What the object says.</param>
    public static List<string> Of(MapInfo found, MapSpec spec)
    {
        List<string> differences = [];
        Compare("type", found.Type, spec.Type);
        Compare("key size", found.KeySize, spec.KeySize);
        Compare("value size", found.ValueSize, spec.ValueSize);
        Compare("max_entries", found.MaxEntries, MapEntries.For(spec.Type, spec.MaxEntries, CpuSet.Possible));
        Compare("flags", Known(found.Flags), Known(spec.Flags));
        Compare("map_extra", found.Extra, spec.Extra);
        return differences;

        uint Known(uint flags) =>
            spec.Type is MapType.DevMap or MapType.DevMapHash ? flags & ~ReadOnlyForPrograms : flags;

        void Compare<T>(string what, T actual, T expected)
            where T : struct
        {
            if (!actual.Equals(expected))
            {
                differences.Add($"{what} {actual}, expected {expected}");
            }
        }
    }
}
