using System.Text.Json.Nodes;

namespace BpfDump.Tests.Relocation;

/// <summary>
/// Compares what bpfdump and libbpf say about an object and the types of a kernel. Of refusals it counts that there is
/// one, not its wording.
/// </summary>
internal static class AnswerComparison
{
    /// <summary>All differences, each on one line; none when the answers are equal.</summary>
    public static IReadOnlyList<string> Compare(JsonNode libbpf, JsonNode ours)
    {
        string name = libbpf["object"]!.GetValue<string>();
        if (ours["object"]!.GetValue<string>() != name || IsRefused(libbpf) != IsRefused(ours))
        {
            return [$"{name}: libbpf has error {libbpf["error"]}, bpfdump {ours["object"]} has error {ours["error"]}"];
        }

        JsonArray expected = libbpf["programs"]!.AsArray();
        JsonArray actual = ours["programs"]!.AsArray();
        return expected.Count != actual.Count
            ? [$"{name}: libbpf has {expected.Count} programs, bpfdump {actual.Count}"]
            : [.. expected.Zip(actual, (first, second) => Compare(name, first!.AsObject(), second!.AsObject()))
                .OfType<string>()];
    }

    private static string? Compare(string name, JsonObject libbpf, JsonObject ours) =>
        JsonNode.DeepEquals(WithoutWording(libbpf), WithoutWording(ours))
            ? null
            : $"{name}: libbpf has {Shortened(libbpf)}, bpfdump {Shortened(ours)}";

    private static bool IsRefused(JsonNode program) => program["error"] is not null;

    private static JsonObject WithoutWording(JsonObject program)
    {
        JsonObject copy = program.DeepClone().AsObject();
        if (IsRefused(copy))
        {
            copy["error"] = true;
        }

        return copy;
    }

    private static string Shortened(JsonObject program)
    {
        const int MaximumLength = 400;
        string text = program.ToJsonString();
        return text.Length <= MaximumLength ? text : $"{text[..MaximumLength]}...";
    }
}
