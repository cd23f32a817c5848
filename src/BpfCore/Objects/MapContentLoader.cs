using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Objects;

/// <summary>Fills maps of maps and program arrays with what the object says.</summary>
internal sealed class MapContentLoader(IReadOnlyDictionary<MapSpec, BpfMap> maps)
{
    /// <summary>Puts maps into maps of maps; all maps exist by then.</summary>
    public void FillMaps()
    {
        foreach ((MapSpec spec, BpfMap map) in maps)
        {
            if (!spec.HasInitialMaps)
            {
                continue;
            }

            foreach ((uint key, MapSpec inner) in spec.InitialMaps)
            {
                map.SetDescriptor(BitConverter.GetBytes(key), Find(spec, key, inner).Handle);
            }
        }
    }

    /// <summary>Puts the loaded programs into program arrays.</summary>
    public void FillPrograms(SpecCollection<BpfProgram> programs)
    {
        foreach ((MapSpec spec, BpfMap map) in maps)
        {
            if (!spec.HasInitialPrograms)
            {
                continue;
            }

            foreach ((uint key, ProgramSpec program) in spec.InitialPrograms)
            {
                map.SetDescriptor(BitConverter.GetBytes(key), Find(spec, key, program, programs).Handle);
            }
        }
    }

    private BpfMap Find(MapSpec outer, uint key, MapSpec inner) =>
        maps.TryGetValue(inner, out BpfMap? found)
            ? found
            : throw new InvalidOperationException(
                $"{outer}: its element {key} is {inner}, which is not created; take it out of "
                + $"{nameof(MapSpec.InitialMaps)} or set {nameof(MapSpec.AutoCreate)}");

    // An empty place would end the program that calls into it without a word.
    private static BpfProgram Find(MapSpec array, uint key, ProgramSpec program, SpecCollection<BpfProgram> programs) =>
        programs.TryGet(program.Name, out BpfProgram? found)
            ? found
            : throw new InvalidOperationException(
                $"{array}: its element {key} is {program}, which is not loaded; take it out of "
                + $"{nameof(MapSpec.InitialPrograms)} or set {nameof(ProgramSpec.AutoLoad)}");
}
