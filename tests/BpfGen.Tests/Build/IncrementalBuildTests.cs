using Xunit;

namespace BpfGen.Tests.Build;

/// <summary>What <c>&lt;BpfObject&gt;</c> does in a build.</summary>
public sealed class IncrementalBuildTests
{
    [Fact]
    public void Build_ClassIsWrittenWhenTheObjectOrTheQuestionChanges_WithoutWarningsInTheStrictestProject()
    {
        using BuiltProject project = new();

        (string first, DateTime written) = project.Run(types: "sent");
        Assert.Contains("public struct Sent\n", first, StringComparison.Ordinal);
        Assert.Equal((first, written), project.Run(types: "sent"));

        string second = project.Run(types: "").Text;
        Assert.DoesNotContain("public struct Sent\n", second, StringComparison.Ordinal);

        File.Copy(Checkout.Fixture("shapes.bpf.o"), project.ObjectPath, overwrite: true);
        File.SetLastWriteTimeUtc(project.ObjectPath, DateTime.UtcNow);
        Assert.Contains("public struct Everything", project.Run(types: "").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ObjectThatIsDamaged_FailsWithItsNameAndPlace()
    {
        using BuiltProject project = new();
        File.WriteAllText(project.ObjectPath, "no object");

        (int exit, string text) = project.TryRun(types: "");

        Assert.NotEqual(0, exit);
        Assert.Contains("error BPF0001: sent.bpf.o", text, StringComparison.Ordinal);
    }
}
