using BpfCore.Linking;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>The same objects on the same types as libbpf: tests/fixtures holds both and what libbpf answered.</summary>
public class LibbpfComparisonTests
{
    // Initial values of maps; the second test notices when one of these can be linked.
    private static readonly string[] s_unsupported =
    [
        "core/inner_maps.bpf.o", "core/inner_maps.clang19.bpf.o", "spec/maps.bpf.o",
    ];

    [Fact]
    public void Link_EveryPairOfObjectAndTypes_GivesLibbpfsInstructions()
    {
        OracleAnswer[] answers = [.. OracleAnswer.ReadAll().Where(answer => !s_unsupported.Contains(answer.Object))];
        List<string> differences = [];
        foreach (OracleAnswer answer in answers)
        {
            differences.AddRange(LibbpfComparison.Compare(answer));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(answers.Length >= 60, $"only {answers.Length} pairs");
    }

    [Fact]
    public void Link_ExternsAndFunctions_GivesLibbpfsInstructionsAndRefusals()
    {
        IReadOnlyList<OracleAnswer> answers = OracleAnswer.ReadAll("objects/ext-pairs.txt");

        string[] differences = [.. answers.SelectMany(LibbpfComparison.Compare)];

        Assert.True(differences.Length == 0, string.Join('\n', differences));
        Assert.True(answers.Count >= 30, $"only {answers.Count} pairs");
    }

    [Fact]
    public void Link_WhatIsNotSupportedYet_IsRefusedInWords()
    {
        foreach (OracleAnswer answer in OracleAnswer.ReadAll().Where(answer => s_unsupported.Contains(answer.Object)))
        {
            (RelocatedObject? linked, BpfException? refusal) = LinkedObject.Relocate(answer);
            refusal ??= linked!.Programs.Select(program => program.Refusal).FirstOrDefault(reason => reason is not null);
            Assert.True(refusal is not null, $"{answer} is linked: compare it with libbpf");
            Assert.Contains("not supported yet", refusal.Message, StringComparison.Ordinal);
        }
    }
}
