using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;

namespace ObjectLoad;

/// <summary>What the kernel says of the maps and programs of a loaded object, a line each.</summary>
internal static class LoadedText
{
    /// <summary>Writes the lines of an object, its maps and programs in the order of their definitions.</summary>
    public static void Write(TextWriter output, string name, BpfObjectSpec spec, BpfObject loaded)
    {
        output.WriteLine($"{name} loaded");
        foreach (MapSpec map in spec.Maps)
        {
            if (loaded.Maps.TryGet(map.Name, out BpfMap? created))
            {
                output.WriteLine($"{name} {Describe(created.GetInfo())}");
            }
        }

        foreach (ProgramSpec program in spec.Programs)
        {
            if (loaded.Programs.TryGet(program.Name, out BpfProgram? taken))
            {
                output.WriteLine($"{name} {Describe(taken.GetInfo())}");
            }
        }
    }

    private static string Describe(MapInfo map) =>
        $"map {map.Name} type {(uint)map.Type} key {map.KeySize} value {map.ValueSize} entries {map.MaxEntries} "
        + $"flags 0x{map.Flags:x} extra {map.Extra} types {map.KeyTypeId} {map.ValueTypeId}";

    private static string Describe(ProgramInfo program) =>
        $"program {program.Name} type {(uint)program.Type} tag {program.Tag} bytes {program.TranslatedSize} "
        + $"maps {program.MapIds.Count}";
}
