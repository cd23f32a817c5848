using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;

namespace BpfCore.Tests.CoRe;

/// <summary>Tells every difference between what libbpf and BpfCore made of one object on one BTF.</summary>
internal static class LibbpfComparison
{
    public static IEnumerable<string> Compare(OracleAnswer libbpf, LinkedObject ours)
    {
        if (libbpf.Refusal is not null || ours.Refusal is not null)
        {
            return (libbpf.Refusal is null) == (ours.Refusal is null)
                ? []
                : [$"{libbpf}: {Refused("libbpf", libbpf.Refusal)}, {Refused("BpfCore", ours.Refusal?.Message)}"];
        }

        return libbpf.Programs.Count != ours.Programs.Count
            ? [$"{libbpf}: libbpf has {libbpf.Programs.Count} programs, BpfCore {ours.Programs.Count}"]
            : libbpf.Programs.Zip(ours.Programs, Compare).OfType<string>().Select(text => $"{libbpf}: {text}");
    }

    private static string? Compare(
        OracleProgram libbpf, (ProgramSpec Spec, LinkedProgram? Linked, BpfException? Refusal) ours)
    {
        ProgramSpec spec = ours.Spec;
        string identity = Identity(spec.Name, spec.SectionName, (uint)spec.Type, (uint)spec.ExpectedAttachType);
        string expected = Identity(libbpf.Name, libbpf.Section, libbpf.Type, libbpf.AttachType);
        if (identity != expected)
        {
            return $"libbpf has {expected}, BpfCore {identity}";
        }

        if (ours.Linked is null || libbpf.Refusal is not null)
        {
            return (ours.Linked is null) == (libbpf.Refusal is not null)
                ? null
                : $"{libbpf.Name}: {Refused("libbpf", libbpf.Refusal)}, {Refused("BpfCore", ours.Refusal?.Message)}";
        }

        string? difference = CompareReferences(libbpf.References, ours.Linked)
            ?? CompareInstructions(libbpf.Instructions, WithoutOffsets(ours.Linked));
        return difference is null ? null : $"{libbpf.Name}: {difference}";
    }

    private static string Identity(string name, string section, uint type, uint attachType) =>
        $"{name} in {section} of type {type} and attach type {attachType}";

    private static string Refused(string loader, string? reason) =>
        reason is null ? $"{loader} accepts it" : $"{loader} refuses it ({reason.ReplaceLineEndings("; ")})";

    private static string? CompareReferences(IReadOnlyList<OracleReference> libbpf, LinkedProgram ours)
    {
        IEnumerable<OracleReference> references = ours.MapReferences.Select(reference => ToOracle(ours, reference));
        string expected = string.Join(", ", libbpf);
        string actual = string.Join(", ", references);
        return expected == actual ? null : $"references: libbpf has {expected}; BpfCore has {actual}";
    }

    private static OracleReference ToOracle(LinkedProgram program, MapReference reference)
    {
        int index = reference.InstructionIndex;
        return program.Instructions[index].PseudoSource == PseudoSource.MapValue
            ? new OracleReference(index, "map_value", reference.Map.Name, program.Instructions[index + 1].Immediate)
            : new OracleReference(index, "map", reference.Map.Name, 0);
    }

    private static BpfInstruction[] WithoutOffsets(LinkedProgram program)
    {
        BpfInstruction[] instructions = [.. program.Instructions];
        foreach (MapReference reference in program.MapReferences)
        {
            instructions[reference.InstructionIndex + 1] = default;
        }

        return instructions;
    }

    private static string? CompareInstructions(BpfInstruction[] libbpf, BpfInstruction[] ours)
    {
        int common = libbpf.AsSpan().CommonPrefixLength(ours);
        return common == libbpf.Length && common == ours.Length
            ? null
            : $"instruction {common}: libbpf has {Describe(libbpf, common)}, BpfCore {Describe(ours, common)}";
    }

    private static string Describe(BpfInstruction[] instructions, int index) => index < instructions.Length
        ? $"'{instructions[index]}' ({instructions[index].ToUInt64():x16})"
        : "nothing";
}
