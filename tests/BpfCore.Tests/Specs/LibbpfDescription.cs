using System.Text.Json;

namespace BpfCore.Tests.Specs;

/// <summary>What libbpf finds in an object before it relocates it: a line of fixtures/spec/expected.jsonl.</summary>
internal sealed record LibbpfDescription(
    string Object, IReadOnlyList<LibbpfDescription.Map> Maps, IReadOnlyList<LibbpfDescription.Program> Programs)
{
    private static readonly JsonSerializerOptions s_names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static LibbpfDescription Of(string fixture)
    {
        string name = Path.GetFileName(fixture);
        return File.ReadLines(Fixtures.PathOf("spec/expected.jsonl"))
            .Select(line => JsonSerializer.Deserialize<LibbpfDescription>(line, s_names)!)
            .Single(description => description.Object == name);
    }

    internal sealed record Map(
        string Name, uint Type, uint KeySize, uint ValueSize, uint MaxEntries, uint Flags, ulong MapExtra,
        uint NumaNode, string? PinPath, string? Initial, Map? Inner);

    internal sealed record Program(
        string Name, string Section, uint Type, uint AttachType, bool Autoload, uint Flags, int Insns);
}
