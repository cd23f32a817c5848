using System.Text.Json.Nodes;
using Xunit;

namespace BpfDump.Tests.Relocation;

/// <summary>The objects of tests/fixtures, refusals among them, on types of our own making.</summary>
public class FixtureTests
{
    /// <summary>The lists of pairs: core/pairs.txt and objects/*-pairs.txt.</summary>
    public static TheoryData<string> Lists =>
    [
        "core/pairs.txt",
        .. Directory.GetFiles(PathOf("objects"), "*-pairs.txt").Select(path => $"objects/{Path.GetFileName(path)}"),
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Relocate_EveryPair_GivesLibbpfsAnswer(string pairsPath)
    {
        string answersPath = pairsPath.Replace("pairs.txt", "expected.jsonl", StringComparison.Ordinal);
        string[] pairs =
            [.. File.ReadLines(PathOf(pairsPath)).Where(line => line.Length > 0 && !line.StartsWith('#'))];
        string[] answers = File.ReadAllLines(PathOf(answersPath));
        Assert.Equal(pairs.Length, answers.Length);

        List<string> differences = [];
        foreach ((string pair, string answer) in pairs.Zip(answers))
        {
            string[] paths = pair.Split(' ');
            JsonNode ours = JsonNode.Parse(Bpfdump.Run("relocate", PathOf(paths[0]), "--btf", PathOf(paths[1])))!;
            differences.AddRange(AnswerComparison.Compare(JsonNode.Parse(answer)!["result"]!, ours)
                .Select(text => $"{paths[1]}: {text}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(answers.Length >= 20, $"only {answers.Length} pairs");
    }

    [Fact]
    public void RelocateList_ObjectThatIsMissingOrDamaged_HasALineAndTheRestGoesOn()
    {
        string good = PathOf("core/fields.bpf.o");

        IReadOnlyList<JsonNode> lines = Bpfdump.RelocateAll(
            ["missing.bpf.o", "", good, PathOf("core/pairs.txt"), good], PathOf("btf/empty.btf"));

        Assert.Equal(4, lines.Count);
        Assert.Equal("missing.bpf.o", lines[0]["object"]!.GetValue<string>());
        Assert.Contains("missing.bpf.o", lines[0]["error"]!["log"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(lines[2]["error"]!["log"]);
        Assert.Null(lines[3]["error"]);
        Assert.True(JsonNode.DeepEquals(lines[1], lines[3]));
    }

    private static string PathOf(string name) => Checkout.PathOf($"tests/fixtures/{name}");
}
