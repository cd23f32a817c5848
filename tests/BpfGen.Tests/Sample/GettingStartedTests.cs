using Xunit;

namespace BpfGen.Tests.Sample;

/// <summary>The page docs/getting-started.md shows the files of the sample as they are.</summary>
public sealed class GettingStartedTests
{
    [Theory]
    [InlineData("c", "exec.bpf.c")]
    [InlineData("csharp", "Program.cs")]
    [InlineData("xml", "execwatch.csproj")]
    [InlineData("xml", "nuget.config")]
    [InlineData("make", "Makefile")]
    public void Page_ShowsTheFileOfTheSample(string language, string name)
    {
        string page = File.ReadAllText(Checkout.PathOf("docs/getting-started.md"));
        string file = File.ReadAllText(Checkout.PathOf($"docs/samples/execwatch/{name}"));

        Assert.Contains($"`{name}`", page, StringComparison.Ordinal);
        Assert.Contains($"```{language}\n{file}```\n", page, StringComparison.Ordinal);
    }
}
