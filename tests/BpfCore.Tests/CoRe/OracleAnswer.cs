using System.Text.Json;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>What libbpf made of one object on one BTF: a line of expected.jsonl, its paths from pairs.txt.</summary>
internal sealed record OracleAnswer(string Object, string Btf, string? Refusal, IReadOnlyList<OracleProgram> Programs)
{
    /// <summary>All answers, in the order of the pairs that were asked.</summary>
    public static IReadOnlyList<OracleAnswer> ReadAll()
    {
        List<OracleAnswer> answers = Read("core/pairs.txt", "core/expected.jsonl");
        foreach (string pairs in Directory.EnumerateFiles(Fixtures.PathOf("objects"), "*-pairs.txt").Order())
        {
            string name = Path.GetFileName(pairs).Replace("-pairs.txt", "", StringComparison.Ordinal);
            answers.AddRange(Read($"objects/{name}-pairs.txt", $"objects/{name}-expected.jsonl"));
        }

        return answers;
    }

    public override string ToString() => $"{Object} on {Btf}";

    private static List<OracleAnswer> Read(string pairsFile, string answersFile)
    {
        string[] pairs = [.. File.ReadLines(Fixtures.PathOf(pairsFile)).Where(line => !line.StartsWith('#'))];
        string[] answers = File.ReadAllLines(Fixtures.PathOf(answersFile));
        Assert.Equal(pairs.Length, answers.Length);
        return [.. pairs.Zip(answers, ReadAnswer)];
    }

    private static OracleAnswer ReadAnswer(string pair, string answer)
    {
        string[] paths = pair.Split(' ');
        using JsonDocument document = JsonDocument.Parse(answer);
        JsonElement result = document.RootElement.GetProperty("result");
        Assert.Equal(Path.GetFileName(paths[0]), result.GetProperty("object").GetString());
        Assert.Equal(Path.GetFileName(paths[1]), document.RootElement.GetProperty("btf").GetString());
        JsonElement error = result.GetProperty("error");
        return new OracleAnswer(
            paths[0], paths[1],
            error.ValueKind == JsonValueKind.Null ? null : error.GetProperty("log").GetString(),
            [.. result.GetProperty("programs").EnumerateArray().Select(OracleProgram.Read)]);
    }
}
