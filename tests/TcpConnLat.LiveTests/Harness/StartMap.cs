using System.Diagnostics;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>The tool's map of connects in flight, read from outside: the one hash map it has a descriptor of.</summary>
internal static class StartMap
{
    private const string HashMap = "map_type:\t1";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits for the last connects of other programs to end, then wants no entry.</summary>
    public static void AssertBecomesEmpty(int processId)
    {
        BpfObjectId map = Find(processId);
        var clock = Stopwatch.StartNew();
        int count;
        while ((count = BpfCalls.CountEntries(map)) != 0 && clock.Elapsed < s_patience)
        {
            Thread.Sleep(20);
        }

        Assert.Equal(0, count);
    }

    /// <summary>How many connects are in flight.</summary>
    public static int Count(int processId) => BpfCalls.CountEntries(Find(processId));

    private static BpfObjectId Find(int processId) => Assert.Single(
        BpfObjectId.DescriptorFacts(processId)
            .Where(facts => facts.Contains(HashMap))
            .SelectMany(facts => facts)
            .SelectMany(BpfObjectId.Read)
            .Distinct());
}
