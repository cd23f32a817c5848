using BpfCore;
using Xunit;

namespace BpfGen.Tests.Build;

/// <summary>
/// A project with an object, in a folder of its own: it uses the targets of the package and the tool that was built.
/// </summary>
internal sealed class BuiltProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _isAnalyzed;

    /// <summary>Writes the project; warnings of every analyzer are errors in it.</summary>
    public BuiltProject()
    {
        File.Copy(Checkout.Fixture("sent.bpf.o"), ObjectPath);
        File.WriteAllText(_folder.PathOf("strict.csproj"), Project);
        File.WriteAllText(_folder.PathOf("Program.cs"), "[assembly: System.CLSCompliant(false)]\n");
    }

    /// <summary>Path of the object.</summary>
    public string ObjectPath => _folder.PathOf("sent.bpf.o");

    private static string Build => Checkout.PathOf("src/BpfCore/build");

    private static string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <AnalysisMode>All</AnalysisMode>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <IsAotCompatible>true</IsAotCompatible>
            <InvariantGlobalization>true</InvariantGlobalization>
            <BpfGenTool>{typeof(Tool).Assembly.Location}</BpfGenTool>
          </PropertyGroup>
          <Import Project="{Build}/BpfCore.props" />
          <ItemGroup>
            <Reference Include="{typeof(BpfException).Assembly.Location}" />
            <BpfObject Include="sent.bpf.o" Accessibility="public" Types="$(SentTypes)" />
          </ItemGroup>
          <Import Project="{Build}/BpfCore.targets" />
        </Project>
        """;

    /// <summary>Builds it; it must succeed.</summary>
    /// <returns>The class, and when it was written.</returns>
    public (string Text, DateTime Written) Run(string types)
    {
        (int exit, string text) = TryRun(types);
        Assert.True(exit == 0, text);
        string path = _folder.PathOf("obj/Debug/net10.0/bpf/strict.sent.bpf.g.cs");
        return (File.ReadAllText(path), File.GetLastWriteTimeUtc(path));
    }

    /// <summary>Builds it. The analyzers, which take most of the time, see it once.</summary>
    public (int Exit, string Text) TryRun(string types)
    {
        string analyzers = _isAnalyzed ? "false" : "true";
        _isAnalyzed = true;
        return Command.Run(
            _folder.Path, "dotnet", "build", "--nologo", "-v", "quiet", $"-p:SentTypes={types}",
            $"-p:RunAnalyzers={analyzers}");
    }

    public void Dispose() => _folder.Dispose();
}
