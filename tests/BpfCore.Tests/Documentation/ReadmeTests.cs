using Xunit;

namespace BpfCore.Tests.Documentation;

public class ReadmeTests
{
    private const string Begin = "// <example>\n";
    private const string End = "        // </example>\n";
    private const int Indentation = 8;

    [Fact]
    public void Example_InTheReadme_IsTheOneThatATestRuns()
    {
        string source = File.ReadAllText(Path.Combine(
            Fixtures.Root, "tests", "BpfCore.KernelTests", "Documentation", "ReadmeExampleTests.cs"));
        int start = source.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        string example = source[start..source.IndexOf(End, StringComparison.Ordinal)];

        string readme = File.ReadAllText(Path.Combine(Fixtures.Root, "README.md"));

        Assert.Contains($"```csharp\n{Unindented(example)}\n```", readme, StringComparison.Ordinal);
    }

    private static string Unindented(string block) => string.Join(
        '\n', block.TrimEnd().Split('\n').Select(static line => line.Length > Indentation ? line[Indentation..] : ""));
}
