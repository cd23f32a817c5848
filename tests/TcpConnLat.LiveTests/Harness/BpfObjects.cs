namespace TcpConnLat.LiveTests.Harness;

/// <summary>BPF programs, maps and links, as <c>/proc/PID/fdinfo</c> shows them.</summary>
internal static class BpfObjects
{
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
}
