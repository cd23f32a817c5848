using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace BpfCore.Tests.Golden;

/// <summary>Runs a program whose output tests compare with ours.</summary>
internal static class ExternalTool
{
    /// <summary>
    /// Its standard output. Skips the test when the program is not installed, which is an error in CI.
    /// </summary>
    public static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
            return output;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
    }
}
