using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>The tool's map of perf rings, seen from outside.</summary>
internal static class EventsMap
{
    private const string PerfEventArray = "map_type:\t4";

    /// <summary>Takes the ring of a CPU out of the map, as if the CPU had just come online.</summary>
    public static void RemoveRing(int processId, int cpu)
    {
        BpfObjectId map = Assert.Single(BpfObjectId.DescriptorFacts(processId)
            .Where(facts => facts.Contains(PerfEventArray))
            .SelectMany(facts => facts)
            .SelectMany(BpfObjectId.Read)
            .Distinct());
        BpfCalls.DeleteEntry(map, cpu);
    }
}
