using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// The tool's map of connects in flight, read from outside: found among the descriptors of the process, opened by its
/// ID and walked with <c>bpf(2)</c>.
/// </summary>
internal static unsafe class StartMap
{
    private const string HashMap = "map_type:\t1";
    private const string MapId = "map_id:\t";
    private const int GetNextKey = 4;
    private const int GetFdById = 14;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // SYS_bpf of asm/unistd_64.h and of the generic table.
    private static readonly int s_bpf = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;

    /// <summary>Waits for the last connects of other programs to end, then wants no entry.</summary>
    public static void AssertBecomesEmpty(int processId)
    {
        var clock = Stopwatch.StartNew();
        int count;
        while ((count = Count(processId)) != 0 && clock.Elapsed < s_patience)
        {
            Thread.Sleep(20);
        }

        Assert.Equal(0, count);
    }

    /// <summary>How many entries the map has.</summary>
    public static int Count(int processId)
    {
        // SAFETY: the kernel writes one key of 8 bytes, the size of this map's keys, into `next`.
        int descriptor = Open(Find(processId));
        ulong key = 0;
        ulong next = 0;
        int count = 0;
        ulong* attributes = stackalloc ulong[4] { (uint)descriptor, 0, (ulong)&next, 0 };
        while ((long)LibC.syscall(s_bpf, GetNextKey, attributes, 4 * sizeof(ulong)) == 0)
        {
            count++;
            key = next;
            attributes[1] = (ulong)&key;
        }

        _ = LibC.close(descriptor);
        return count;
    }

    private static int Open(uint id)
    {
        uint* attributes = stackalloc uint[4] { id, 0, 0, 0 };
        int descriptor = (int)(long)LibC.syscall(s_bpf, GetFdById, attributes, 4 * sizeof(uint));
        return descriptor >= 0
            ? descriptor
            : throw new InvalidOperationException($"bpf(BPF_MAP_GET_FD_BY_ID, {id}): errno {LibC.errno}");
    }

    private static uint Find(int processId)
    {
        uint[] ids = [.. BpfObjects.DescriptorFacts(processId)
            .Where(facts => facts.Contains(HashMap))
            .SelectMany(facts => facts)
            .Where(fact => fact.StartsWith(MapId, StringComparison.Ordinal))
            .Select(fact => uint.Parse(fact.AsSpan(MapId.Length), CultureInfo.InvariantCulture))
            .Distinct()];
        return Assert.Single(ids);
    }
}
