using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>The same objects on the same types as libbpf: tests/fixtures holds both and what libbpf answered.</summary>
public class LibbpfComparisonTests
{
    [Theory]
    [InlineData("core/pairs.txt", 287)]
    [InlineData("objects/ext-pairs.txt", 30)]
    [InlineData("objects/obj-pairs.txt", 31)]
    public void Link_EveryPairOfObjectAndTypes_GivesLibbpfsInstructions(string list, int atLeast)
    {
        IReadOnlyList<OracleAnswer> answers = OracleAnswer.ReadAll(list);
        List<string> differences = [];
        foreach (OracleAnswer answer in answers)
        {
            differences.AddRange(LibbpfComparison.Compare(answer));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(answers.Count >= atLeast, $"only {answers.Count} pairs");
    }
}
