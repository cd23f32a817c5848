using System.Globalization;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A BPF program, map or link of the kernel.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its ID.</param>
internal readonly record struct BpfObjectId(BpfObjectKind Kind, uint Id)
{
    private static readonly (string Mark, BpfObjectKind Kind)[] s_marks =
    [
        ("prog_id:\t", BpfObjectKind.Program),
        ("map_id:\t", BpfObjectKind.Map),
        ("link_id:\t", BpfObjectKind.Link),
    ];

    /// <summary>What a process holds descriptors of, as <c>/proc/PID/fdinfo</c> shows it.</summary>
    public static BpfObjectId[] HeldBy(int processId) =>
        [.. DescriptorFacts(processId).SelectMany(facts => facts).SelectMany(Read).Distinct()];

    /// <summary>The lines of fdinfo, for each descriptor of a process.</summary>
    public static IEnumerable<string[]> DescriptorFacts(int processId)
    {
        foreach (string path in Directory.GetFiles($"/proc/{processId}/fdinfo"))
        {
            string[] facts;
            try
            {
                facts = File.ReadAllLines(path);
            }
            catch (IOException)
            {
                continue; // Closed since the folder was read.
            }

            yield return facts;
        }
    }

    /// <summary>The IDs in a line of fdinfo: none or one.</summary>
    public static IEnumerable<BpfObjectId> Read(string fact)
    {
        foreach ((string mark, BpfObjectKind kind) in s_marks)
        {
            if (fact.StartsWith(mark, StringComparison.Ordinal))
            {
                yield return new(kind, uint.Parse(fact.AsSpan(mark.Length), CultureInfo.InvariantCulture));
            }
        }
    }
}
