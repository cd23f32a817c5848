using System.Diagnostics;
using Xunit;

namespace BpfCore.Tests;

/// <summary>A program of the machine that a test compares with.</summary>
internal static class ExternalTool
{
    /// <summary>
    /// What the program prints. Where it is not installed, the test is skipped with its name; in CI it fails.
    /// </summary>
    public static string Run(string program, params string[] arguments)
    {
        bool isCI = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        Assert.SkipWhen(!IsInstalled(program) && !isCI, $"{program} is not installed");
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
