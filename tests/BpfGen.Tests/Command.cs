using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace BpfGen.Tests;

/// <summary>Runs programs and looks at what they say.</summary>
internal static class Command
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static (int Exit, string Text) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string Expect(string folder, string program, params IEnumerable<string> arguments)
    {
        (int exit, string text) = Run(folder, program, arguments);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)}: exit code {exit}\n{text}");
        return text;
    }

    /// <summary>Starts a program, its output redirected. Skips the test where it is missing, but not in CI.</summary>
    public static Process Start(string folder, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Builds are to leave no servers behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip($"{program}: {missing.Message}");
            throw;
        }
    }
}
