using System.Text.Json.Nodes;
using Xunit;

namespace BpfDump.Tests.Relocation;

/// <summary>What libbpf makes of objects: tests/oracle, built when it is not there yet.</summary>
internal static class Oracle
{
    private static readonly string s_folder = Checkout.PathOf("tests/oracle");

    /// <summary>Builds its programs where that has not been done.</summary>
    public static void Build() => ExternalTool.Run("make", "-s", "-C", s_folder);

    /// <summary>libbpf's answers about some objects and the types of one kernel, in the order of the objects.</summary>
    public static IReadOnlyList<JsonNode> Ask(IReadOnlyList<string> objects, string types)
    {
        Build();
        string list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, objects.Select(path => $"{path} {types}"));
            string[] lines = ExternalTool.Run(Path.Combine(s_folder, "build", "oracle"), "--list", list)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(objects.Count, lines.Length);
            return [.. lines.Select(line => JsonNode.Parse(line)!)];
        }
        finally
        {
            File.Delete(list);
        }
    }
}
