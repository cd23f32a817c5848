using System.Text.Json;

namespace BpfCore.Tests.CoRe;

/// <summary>An instruction whose immediates depend on the running kernel: they are zero in the answers.</summary>
internal sealed record OracleReference(int Instruction, string Kind, string Name, long Offset, string Table)
{
    public static OracleReference Read(JsonElement reference) => new(
        reference.GetProperty("insn").GetInt32(),
        reference.GetProperty("kind").GetString()!,
        reference.GetProperty("name").GetString()!,
        reference.TryGetProperty("off", out JsonElement offset) ? offset.GetInt64() : 0,
        reference.TryGetProperty("table", out JsonElement table) ? string.Join(' ', table.EnumerateArray()) : "");
}
