using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;

namespace BpfCore.Tests.CoRe;

/// <summary>Tells every difference between what libbpf and BpfCore made of one object on one BTF.</summary>
internal static class LibbpfComparison
{
    public static IEnumerable<string> Compare(OracleAnswer libbpf)
    {
        (RelocatedObject? ours, BpfException? refusal) = LinkedObject.Relocate(libbpf);
        if (libbpf.Refusal is not null || refusal is not null)
        {
            return (libbpf.Refusal is null) == (refusal is null)
                ? []
                : [$"{libbpf}: {Refused("libbpf", libbpf.Refusal)}, {Refused("BpfCore", refusal?.Message)}"];
        }

        return libbpf.Programs.Count != ours!.Programs.Count
            ? [$"{libbpf}: libbpf has {libbpf.Programs.Count} programs, BpfCore {ours.Programs.Count}"]
            : libbpf.Programs.Zip(ours.Programs, Compare).OfType<string>().Select(text => $"{libbpf}: {text}");
    }

    private static string? Compare(OracleProgram libbpf, RelocatedProgram ours)
    {
        ProgramSpec spec = ours.Spec;
        string identity = Identity(spec.Name, spec.SectionName, (uint)spec.Type, (uint)spec.ExpectedAttachType);
        string expected = Identity(libbpf.Name, libbpf.Section, libbpf.Type, libbpf.AttachType);
        if (identity != expected)
        {
            return $"libbpf has {expected}, BpfCore {identity}";
        }

        if (!ours.IsRelocated || libbpf.Refusal is not null)
        {
            return (ours.Refusal is null) == (libbpf.Refusal is null)
                ? null
                : $"{libbpf.Name}: {Refused("libbpf", libbpf.Refusal)}, {Refused("BpfCore", ours.Refusal?.Message)}";
        }

        string? difference = CompareReferences(libbpf.References, ours.References)
            ?? CompareInstructions(libbpf.Instructions, ours.Instructions);
        return difference is null ? null : $"{libbpf.Name}: {difference}";
    }

    private static string Identity(string name, string section, uint type, uint attachType) =>
        $"{name} in {section} of type {type} and attach type {attachType}";

    private static string Refused(string loader, string? reason) =>
        reason is null ? $"{loader} accepts it" : $"{loader} refuses it ({reason.ReplaceLineEndings("; ")})";

    private static string? CompareReferences(
        IReadOnlyList<OracleReference> libbpf, IReadOnlyList<ProgramReference> ours)
    {
        string expected = string.Join(", ", libbpf);
        string actual = string.Join(", ", ours.Select(ToOracle));
        return expected == actual ? null : $"references: libbpf has {expected}; BpfCore has {actual}";
    }

    private static OracleReference ToOracle(ProgramReference reference) => new(
        reference.InstructionIndex, Text(reference.Kind), reference.Name, reference.Offset,
        string.Join(' ', reference.JumpTable));

    private static string Text(ProgramReferenceKind kind) => kind switch
    {
        ProgramReferenceKind.Map => "map",
        ProgramReferenceKind.MapValue or ProgramReferenceKind.JumpTable => "map_value",
        ProgramReferenceKind.KernelVariable => "btf_var",
        ProgramReferenceKind.KernelSymbol => "ksym",
        ProgramReferenceKind.KernelFunction => "kfunc",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string? CompareInstructions(BpfInstruction[] libbpf, ReadOnlySpan<BpfInstruction> ours)
    {
        int common = ours.CommonPrefixLength(libbpf);
        return common == libbpf.Length && common == ours.Length
            ? null
            : $"instruction {common}: libbpf has {Describe(libbpf, common)}, BpfCore {Describe(ours, common)}";
    }

    private static string Describe(ReadOnlySpan<BpfInstruction> instructions, int index) => index < instructions.Length
        ? $"'{instructions[index]}' ({instructions[index].ToUInt64():x16})"
        : "nothing";
}
