using Xunit;

namespace BpfGen.Tests.Sample;

/// <summary>
/// The sample, copied out of the checkout and built as docs/getting-started.md says, with a package of this build.
/// </summary>
internal sealed class SampleProject : IDisposable
{
    // A version of its own, so that no package of an earlier run is taken from a cache.
    private static readonly string s_version = $"0.1.0-test.{Environment.ProcessId}";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Packs, copies, compiles and builds.</summary>
    public SampleProject()
    {
        Pack();
        Copy();
        Command.Expect(Sample, "env", $"PATH={SearchPath}", "make", "-s", "CLANG=clang-14");
        Command.Expect(
            Sample, "dotnet", "build", "--nologo", "-v", "quiet", "-warnaserror",
            $"-p:RestorePackagesPath={_folder.PathOf("cache")}", $"-p:RestoreFallbackFolders={UsualCache}");
    }

    /// <summary>Where the package is.</summary>
    public string PackagePath => _folder.PathOf($"artifacts/packages/BpfCore.{s_version}.nupkg");

    /// <summary>Where its symbols are.</summary>
    public string SymbolsPath => Path.ChangeExtension(PackagePath, ".snupkg");

    /// <summary>Folder of the copied sample.</summary>
    public string Sample => _folder.PathOf("docs/samples/execwatch");

    /// <summary>The built program.</summary>
    public string Program => Path.Combine(Sample, "bin/Debug/net10.0/execwatch.dll");

    // Debian keeps bpftool where only root looks for programs.
    private static string SearchPath => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";

    private static string Configuration =>
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name is "Release" ? "Release" : "Debug";

    // Packages that were fetched before are looked up there and nothing is written to it.
    private static string UsualCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => _folder.Dispose();

    private void Pack() => Command.Expect(
        Checkout.Root, "dotnet", "pack", "src/BpfCore", "--no-build", "-c", Configuration, "--nologo", "-v", "quiet",
        $"-p:PackageVersion={s_version}", "-o", Path.GetDirectoryName(PackagePath)!);

    private void Copy()
    {
        Directory.CreateDirectory(Sample);
        foreach (string name in new[] { "exec.bpf.c", "Program.cs", "Makefile", "nuget.config" })
        {
            File.Copy(Path.Combine(Checkout.PathOf("docs/samples/execwatch"), name), Path.Combine(Sample, name));
        }

        string project = File.ReadAllText(Checkout.PathOf("docs/samples/execwatch/execwatch.csproj"));
        const string original = "Include=\"BpfCore\" Version=\"0.1.0\"";
        Assert.Contains(original, project, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(Sample, "execwatch.csproj"),
            project.Replace(original, $"Include=\"BpfCore\" Version=\"{s_version}\"", StringComparison.Ordinal));
    }
}
