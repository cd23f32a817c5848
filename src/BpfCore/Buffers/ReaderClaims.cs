using BpfCore.Maps;

namespace BpfCore.Buffers;

/// <summary>
/// Maps that a buffer of this process is open on. The kernel lets a second one take the records of the first away.
/// </summary>
internal static class ReaderClaims
{
    private static readonly Lock s_changing = new();
    private static readonly HashSet<BpfMap> s_maps = [];

    /// <exception cref="InvalidOperationException">A buffer is open on the map already.</exception>
    public static void Claim(BpfMap map)
    {
        lock (s_changing)
        {
            if (!s_maps.Add(map))
            {
                throw new InvalidOperationException(
                    $"a buffer is open on map {map.Name} already, and no record goes to two: dispose it first");
            }
        }
    }

    public static void Release(BpfMap map)
    {
        lock (s_changing)
        {
            s_maps.Remove(map);
        }
    }
}
