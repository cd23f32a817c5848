using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class SectionNameTests
{
    private const string FileName = "sections.txt";

    [Fact]
    public void Parse_EveryVector_GivesTypeAttachTypeFlagsAndTarget()
    {
        List<string> differences = [];
        string[] lines = File.ReadAllLines(Fixtures.PathOfVectors(FileName));
        for (int index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith('#') && Describe(lines[index]) is { } found && found != lines[index])
            {
                differences.Add($"{FileName}:{index + 1}: expected {lines[index]}, found {found}");
            }
        }

        Assert.True(lines.Length > 120, "the vectors are gone");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Describe(string line)
    {
        string name = line[..line.IndexOf(" |", StringComparison.Ordinal)];
        SectionName meaning = SectionName.Parse(name == "-" ? "" : name);
        string flags = (meaning.Flags.HasFlag(ProgramFlags.Sleepable) ? "s" : "")
            + (meaning.Flags.HasFlag(ProgramFlags.XdpHasFrags) ? "f" : "");
        return $"{name} | {(uint)meaning.Type} | {(uint)meaning.AttachType} | {(flags.Length == 0 ? "-" : flags)} | "
            + $"{meaning.Target?.ToString() ?? "-"}";
    }
}
