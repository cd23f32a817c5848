using System.Runtime.InteropServices;
using System.Text.Json;
using BpfCore.Instructions;

namespace BpfCore.Tests.CoRe;

/// <summary>What libbpf made of one program; instructions are empty when it was refused.</summary>
internal sealed record OracleProgram(
    string Name,
    string Section,
    uint Type,
    uint AttachType,
    string? Refusal,
    BpfInstruction[] Instructions,
    IReadOnlyList<OracleReference> References)
{
    public static OracleProgram Read(JsonElement program)
    {
        string? refusal = program.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
        return new OracleProgram(
            program.GetProperty("name").GetString()!,
            program.GetProperty("section").GetString()!,
            program.GetProperty("type").GetUInt32(),
            program.GetProperty("attach_type").GetUInt32(),
            refusal,
            refusal is null ? Decode(program.GetProperty("insns").GetString()!) : [],
            refusal is null ? [.. program.GetProperty("refs").EnumerateArray().Select(OracleReference.Read)] : []);
    }

    private static BpfInstruction[] Decode(string hex) =>
        MemoryMarshal.Cast<byte, BpfInstruction>(Convert.FromHexString(hex).AsSpan()).ToArray();
}
