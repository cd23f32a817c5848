using BpfGen.CommandLine;
using Xunit;

namespace BpfGen.Tests.Generation;

/// <summary>The class of each fixture, as it is committed.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("shapes")]
    [InlineData("sent", "--types=sent", "--class=Sent", "--accessibility=public")]
    public void Generate_Fixture_GivesTheCommittedText(string name, params string[] options)
    {
        string actual = Generate([.. options, "--namespace=BpfGen.Tests.Fixtures", Checkout.Fixture($"{name}.bpf.o")]);

        string path = Checkout.PathOf($"tests/BpfGen.Tests/Golden/{name}.cs.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Generate_ObjectForEachProcessor_GivesOneClassThatChooses()
    {
        string text = Generate(
        [
            "--class=Connect", $"x64={Checkout.PathOf("bpf/tcpconnlat.x86_64.bpf.o")}",
            $"arm64={Checkout.PathOf("bpf/tcpconnlat.arm64.bpf.o")}",
        ]);

        Assert.Contains("Architecture.X64 => \"tcpconnlat.x86_64.bpf.o\",", text, StringComparison.Ordinal);
        Assert.Contains("Architecture.Arm64 => \"tcpconnlat.arm64.bpf.o\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace", text, StringComparison.Ordinal);
    }

    private static string Generate(string[] words) => Tool.Generate(RequestReader.Read(words)!);
}
