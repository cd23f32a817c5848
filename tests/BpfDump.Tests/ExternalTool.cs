using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace BpfDump.Tests;

/// <summary>Runs a program whose output tests compare with ours.</summary>
internal static class ExternalTool
{
    /// <summary>
    /// Its standard output. Skips the test when the program is not there or fails, which is an error in CI.
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
            if (process.ExitCode != 0)
            {
                Refuse($"{program} {string.Join(' ', arguments)}: {error.Result}");
            }

            return output;
        }
        catch (Win32Exception missing)
        {
            Refuse($"{program}: {missing.Message}");
            throw;
        }
    }

    private static void Refuse(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip(reason);
        }

        Assert.Fail(reason);
    }
}
