using System.Diagnostics;
using Xunit;

namespace BpfDump.Tests.CommandLine;

/// <summary>The process as scripts see it.</summary>
public class ExitCodeTests
{
    [Fact]
    public void Run_ObjectThatCannotBeRead_IsAnAnswer()
    {
        (int code, string output, string error) = Run("relocate", "missing.bpf.o", "--btf", Types);

        Assert.Equal(0, code);
        Assert.StartsWith("{\"object\":\"missing.bpf.o\",\"error\":{\"log\":", output, StringComparison.Ordinal);
        Assert.EndsWith("\"programs\":[]}\n", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData(1, "missing.btf", "relocate", "a.o", "--btf", "missing.btf")]
    [InlineData(1, "magic", "relocate", "a.o", "--btf", "/proc/self/cmdline")]
    [InlineData(1, "missing.o", "maps", "missing.o")]
    [InlineData(1, "files", "relocate", "--list", "files", "--btf", "")]
    [InlineData(2, "--help shows the usage", "relocate", "a.o")]
    [InlineData(2, "--help shows the usage", "nonsense")]
    public void Run_WhatCannotBeDone_IsSaidOnStandardErrorInOneLine(int code, string reason, params string[] arguments)
    {
        (int actual, string output, string error) =
            Run([.. arguments.Select(argument => argument.Length == 0 ? Types : argument)]);

        Assert.Equal(code, actual);
        Assert.Empty(output);
        Assert.StartsWith("bpfdump: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static string Types => Checkout.PathOf("tests/fixtures/btf/empty.btf");

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "bpfdump.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
