using System.Text.Json.Nodes;
using BpfDump.CommandLine;

namespace BpfDump.Tests;

/// <summary>Runs bpfdump within the test.</summary>
internal static class Bpfdump
{
    /// <summary>What a command line writes on standard output.</summary>
    public static string Run(params string[] arguments)
    {
        StringWriter output = new();
        Tool.Run(RequestReader.Read(arguments), output);
        return output.ToString();
    }

    /// <summary>The lines of <c>relocate --list</c> for some objects, in their order.</summary>
    public static IReadOnlyList<JsonNode> RelocateAll(IReadOnlyList<string> objects, string types)
    {
        string list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, objects);
            return
            [
                .. Run("relocate", "--list", list, "--btf", types)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonNode.Parse(line)!),
            ];
        }
        finally
        {
            File.Delete(list);
        }
    }
}
