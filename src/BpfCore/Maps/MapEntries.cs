using System.Numerics;
using BpfCore.Kernel;
using BpfCore.Specs;

namespace BpfCore.Maps;

/// <summary>How many entries a map is created with, where that is not simply what the object says.</summary>
internal static class MapEntries
{
    /// <summary>The <c>max_entries</c> for a map.</summary>
    /// <param name="type">Type of the map.</param>
    /// <param name="stated">What the object says.</param>
    /// <param name="possibleCpus">Asked only where it matters.</param>
    public static uint For(MapType type, uint stated, Func<CpuSet> possibleCpus) => type switch
    {
        // The keys are CPU ids: with gaps between them the number of CPUs would leave out the highest ones.
        MapType.PerfEventArray when stated == 0 => (uint)possibleCpus().Highest + 1,
        MapType.RingBuffer or MapType.UserRingBuffer => RingSize(stated),
        _ => stated,
    };

    // The kernel maps rings of a power of two whole pages; objects are built without knowing the page size.
    private static uint RingSize(uint stated)
    {
        uint page = (uint)Environment.SystemPageSize;
        return stated is 0 or > 1u << 31 ? stated : BitOperations.RoundUpToPowerOf2(Math.Max(stated, page));
    }
}
