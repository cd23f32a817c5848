using BpfCore.Specs;

namespace BpfDump.Listings;

/// <summary>Maps in columns, and below each map of global data its variables.</summary>
internal static class MapListing
{
    /// <summary>Writes all maps.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="output">Receives the text.</param>
    public static void Write(BpfObjectSpec spec, TextWriter output)
    {
        output.Write($"{"name",-24} {"section",-14} {"type",-20} {"key",5} {"value",7} {"entries",9} flags\n");
        foreach (MapSpec map in spec.Maps)
        {
            output.Write(
                $"{map.Name,-24} {map.SectionName,-14} {KernelName.Of(map.Type),-20} {map.KeySize,5} "
                + $"{map.ValueSize,7} {map.MaxEntries,9} 0x{map.Flags:x}{Remarks(map)}\n");
            foreach (VariableSpec variable in spec.Variables)
            {
                if (ReferenceEquals(variable.Map, map))
                {
                    output.Write($"  +{variable.Offset,-6} {variable.Size,7} bytes  ");
                    output.Write($"{variable.Name}{Value(variable)}\n");
                }
            }
        }
    }

    private static string Remarks(MapSpec map) =>
        (map.IsFrozen ? " frozen" : "")
        + (map.Extra == 0 ? "" : $" extra 0x{map.Extra:x}")
        + (map.Pinning == 0 ? "" : " pinned by name");

    // Wider values are strings and structures, of which the name says more than the bytes.
    private static string Value(VariableSpec variable) => variable.Size switch
    {
        1 => $" = {variable.Get<byte>()}",
        2 => $" = {variable.Get<ushort>()}",
        4 => $" = {variable.Get<uint>()}",
        8 => $" = {variable.Get<ulong>()}",
        _ => "",
    };
}
