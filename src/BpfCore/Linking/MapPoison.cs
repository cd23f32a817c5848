using BpfCore.Instructions;

namespace BpfCore.Linking;

/// <summary>
/// What a program gets instead of a map that is not created: a call that the verifier refuses if it can be reached
/// (libbpf's <c>poison_map_ldimm64</c>).
/// </summary>
internal static class MapPoison
{
    // POISON_LDIMM64_MAP_BASE of libbpf: the verifier's complaint about this function tells the map's index.
    private const int FirstFunction = 2_001_000_000;

    /// <summary>Overwrites both slots of a 64-bit load.</summary>
    public static void Apply(List<BpfInstruction> code, int index, int mapIndex)
    {
        BpfInstruction call = new(BpfOpcode.Call, immediate: FirstFunction + mapIndex);
        code[index] = call;
        code[index + 1] = call;
    }
}
