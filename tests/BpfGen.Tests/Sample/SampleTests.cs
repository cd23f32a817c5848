using System.Diagnostics;
using System.IO.Compression;
using BpfGen.Tests.Live;
using Xunit;

namespace BpfGen.Tests.Sample;

/// <summary>The sample as a user of the package sees it.</summary>
public sealed class SampleTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Sample_PackedRestoredAndRun_ShowsTheProgramsOfItsParent()
    {
        LiveKernel.Require();
        using SampleProject sample = new();
        AssertContents(sample.PackagePath, "README.md", "icon.png", "lib/net10.0/BpfCore.xml",
            "build/BpfCore.targets", "buildTransitive/BpfCore.props", "tools/net10.0/any/bpfgen.dll");
        AssertContents(sample.SymbolsPath, "lib/net10.0/BpfCore.pdb");

        // A shell that runs this in the background ignores SIGINT, and so would all below it.
        using Process process = Command.Start(
            sample.Sample,
            "env",
            ["--default-signal=INT", "dotnet", sample.Program, Environment.ProcessId.ToString()]);
        try
        {
            await Expect(process, "watching, Ctrl-C ends");
            using Process echo = Command.Start(sample.Sample, "/bin/echo", ["hello"]);
            await Expect(process, $"{echo.Id} echo /bin/echo");
            using Process interrupt = Command.Start(sample.Sample, "kill", ["-INT", $"{process.Id}"]);
            await Expect(process, "echo: 1");
            await Expect(process, "lost: 0");
        }
        finally
        {
            process.Kill();
        }
    }

    private static void AssertContents(string package, params string[] names)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        Assert.All(names, name => Assert.NotNull(archive.GetEntry(name)));
    }

    private static async Task Expect(Process process, string expected)
    {
        List<string> lines = [];
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                if (line == expected)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What came until now is the message below.
        }

        Assert.Fail($"'{expected}' did not come; this did:\n{string.Join('\n', lines)}");
    }
}
