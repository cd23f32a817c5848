using System.Text.Json;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>What libbpf made of one object on one BTF: a line of expected.jsonl, its paths from pairs.txt.</summary>
internal sealed record OracleAnswer(string Object, string Btf, string? Refusal, IReadOnlyList<OracleProgram> Programs)
{
    /// <summary>All answers, in the order of the pairs that were asked.</summary>
    /// <param name="list">Where the pairs stand, below tests/fixtures.</param>
    public static IReadOnlyList<OracleAnswer> ReadAll(string list = "core/pairs.txt")
    {
        string[] pairs = [.. File.ReadLines(Fixtures.PathOf(list)).Where(line => !line.StartsWith('#'))];
        string[] answers = File.ReadAllLines(Fixtures.PathOf(list.Replace("pairs.txt", "expected.jsonl")));
        Assert.Equal(pairs.Length, answers.Length);
        return [.. pairs.Zip(answers, Read)];
    }

    public override string ToString() => $"{Object} on {Btf}";

    private static OracleAnswer Read(string pair, string answer)
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
