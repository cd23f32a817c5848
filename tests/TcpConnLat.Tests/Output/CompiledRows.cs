using System.Diagnostics;
using System.Runtime.InteropServices;
using TcpConnLat.CommandLine;
using Xunit;

namespace TcpConnLat.Tests.Output;

/// <summary>The C program <c>rows.c</c>, compiled once for all tests that compare with it.</summary>
public sealed class CompiledRows : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tcpconnlat-rows-").FullName;

    /// <summary>Compiles the program.</summary>
    public CompiledRows()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Output", "rows.c");
        Program = Compile("cc", source) ?? Compile("gcc", source) ?? Compile("clang", source);
    }

    private string? Program { get; }

    /// <summary>Skips the test where there is no C compiler, but not in CI.</summary>
    internal void Require()
    {
        bool isCI = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        Assert.SkipWhen(Program is null && !isCI, "no C compiler (cc, gcc, clang) on the path");
        Assert.NotNull(Program);
    }

    /// <summary>Prints events, by any number of threads at a time; <see cref="Require"/> comes first.</summary>
    internal byte[] Print(ConnectBpf.Event[] events, ExtraColumns columns)
    {
        string time = columns.HasFlag(ExtraColumns.Time) ? "t" : "";
        string localPort = columns.HasFlag(ExtraColumns.LocalPort) ? "L" : "";
        using Process process = Start(Program!, [time + localPort]);
        Task<byte[]> output = Task.Run(() => ReadAll(process.StandardOutput.BaseStream));
        process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes(events.AsSpan()));
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.GetAwaiter().GetResult();
    }

    /// <summary>Removes the program.</summary>
    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string? Compile(string compiler, string source)
    {
        string program = Path.Combine(_directory, "rows");
        try
        {
            using Process process = Start(compiler, ["-O2", "-Wall", "-Werror", "-o", program, source]);
            process.StandardInput.Close();
            process.WaitForExit();
            return process.ExitCode == 0
                ? program
                : throw new InvalidOperationException($"{compiler} refused {source}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
